/** The playground as a newcomer starts it, and a browser that looks at it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { createMigratedDatabase } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { launchChromium } from './chromium.ts';
import { eventually } from './eventually.ts';
import { deadAreMissed } from './platforms/company.ts';

export interface Playground {
	readonly address: string;
	/** A page of its own, as a visitor with this language; the greeting card is gone unless asked for. */
	open(locale: string, options?: { hint?: boolean }): Promise<Page>;
	/** What it wrote so far. */
	output(): string;
	/** SIGTERM. @returns the exit code. */
	terminate(): Promise<number | null>;
	close(): Promise<void>;
}

/**
 * Kills the bot and waits until it hears again on every platform. It writes earlier than that, and what is said in between Slack sends again after
 * a minute, a command never.
 */
export async function pullPlug(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Pull the plug' }).click();
	await page.locator('.panel').getByText('Bot is down').waitFor();
	await page.locator('.panel').getByText('Bot is running').waitFor();
}

/** Closes a page; that of a failed test says first what it showed, and the program what it wrote and counted. */
export async function leave(page: Page, { task }: TestContext, playground: Pick<Playground, 'address' | 'output'>): Promise<void> {
	if (task.result?.state === 'fail')
		process.stderr.write(`${await page.locator('body').innerText()}\n${playground.output().slice(-8_000)}\n`);
	await page.close();
}

/**
 * Starts the playground on a free port and without any Ollama; `isFirst` as somebody does who has never started it, else on a database of the run's server.
 * @throws Error with what it wrote when it does not start.
 */
export async function startPlayground(chromiumPath: string, { isFirst }: { isFirst: boolean }): Promise<Playground> {
	const data = await makeDatabaseFolder();
	const server = isFirst ? null : await createMigratedDatabase();
	// Nothing listens on port 1, so the emulated Ollama is used even where a real one runs.
	const environment = {
		...bareEnvironment(),
		PORT: '0',
		OLLAMA_HOST: 'http://127.0.0.1:1',
		OPENCCB_DATA: data,
		...(server && { DATABASE_URL: server.url, ...deadAreMissed }),
	};
	const child = spawn(process.execPath, ['scripts/playground/main.ts'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = once(child, 'exit');
	const output = collect(child);
	let browser: Browser | null = null;
	const address = await eventually(() => {
		if (child.exitCode !== null) throw new Error('the playground ended');
		return /OpenCCB playground: (http:\S+)/.exec(output())?.[1];
	}).catch((error: unknown) => {
		child.kill('SIGKILL');
		throw new Error(`the playground did not start; it wrote:\n${output()}`, { cause: error });
	});
	const terminate = async () => {
		child.kill('SIGTERM');
		const [code] = (await ended) as [number | null];
		return code;
	};
	return {
		address,
		async open(locale, options = {}) {
			browser ??= await launchChromium(chromiumPath);
			const page = await browser.newPage({ locale, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
			page.setDefaultTimeout(patienceMs);
			if (options.hint !== true) await page.addInitScript(() => localStorage.setItem('openccb-playground-hint', 'seen'));
			await page.goto(address);
			return page;
		},
		output,
		terminate,
		async close() {
			await browser?.close();
			if (child.exitCode === null) await terminate();
			await server?.drop();
			await rm(data, { recursive: true, force: true });
		},
	};
}

function collect(child: ChildProcess): () => string {
	let text = '';
	const add = (piece: string) => {
		text += piece;
	};
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', add);
	return () => text;
}
