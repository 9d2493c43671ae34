/** Makes docs/images/playground.png for the README: a real run of the playground, caught when a document has answered. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../toolchain/system-parts.mjs';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));
const image = fileURLToPath(new URL('../../docs/images/playground.png', import.meta.url));

const data = await mkdtemp(join(tmpdir(), 'openccb-screenshot-'));
const child = spawn(process.execPath, [program], {
	env: { ...process.env, PORT: '0', OPENCCB_DATA: data },
	stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(child, 'exit');
try {
	await takePicture(await addressOf(child.stdout));
	console.log(image);
} finally {
	child.kill('SIGTERM');
	await ended;
	await rm(data, { recursive: true, force: true });
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface({ input: output })) {
		const address = /^OpenCCB playground: (\S+)$/.exec(line)?.[1];
		if (address !== undefined) return address;
	}
	throw new Error('the playground ended before it said where it is');
}

/** A zone where it is eleven o'clock now, so that the picture shows working hours. */
function lateMorning(): string {
	const hoursAhead = 11 - new Date().getUTCHours();
	return `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;
}

async function takePicture(address: string): Promise<void> {
	const executablePath = findChromium();
	if (executablePath === null) throw new Error('Chromium is missing on this machine');
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
	try {
		const page = await browser.newPage({ locale: 'en-GB', timezoneId: lateMorning(), viewport: { width: 1440, height: 860 } });
		await page.goto(address);
		await page.locator('.hint-choices button', { hasText: 'Ask your documents' }).click();
		for (const platform of ['slack', 'teams', 'discord']) {
			const pane = page.locator(`[data-platform="${platform}"]`);
			await pane.locator('.message.from-bot').getByText('indexed: 2 passages').waitFor();
			await pane.locator('.samples button').first().click();
			await pane.locator('.message.from-bot').last().locator('.thumb').first().waitFor();
		}
		for (const platform of ['slack', 'teams'])
			await page.locator(`[data-platform="${platform}"]`).getByRole('button', { name: 'Show passage [1]' }).click();
		await page.locator('[data-platform="discord"]').getByLabel('Show passage…').selectOption('1');
		for (const platform of ['slack', 'teams', 'discord'])
			await page.locator(`[data-platform="${platform}"] .message blockquote`).last().waitFor();
		await page.mouse.move(5, 5);
		await page.screenshot({ path: image });
	} finally {
		await browser.close();
	}
}
