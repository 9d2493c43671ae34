/** `npm run bench -- page`: the page of the web in Chromium, before an API that answers at once: how soon it is there, and how it bears much. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { pageFolder } from '#src/http/page-files.ts';
import { answerRow, conversationView, messageRow } from '#test/adapters/web/page/fake-api.ts';
import { type PageServer, startPageServer } from '#test/adapters/web/page/page-server.ts';
import { launchChromium } from '#test/e2e/chromium.ts';
import { findChromium } from '../../../scripts/toolchain/system-parts.mjs';
import { markdownTable, median, quantile } from '../ingestion/figures.ts';
import { watchFor } from './watching.ts';

const rounds = 5;
/** Of a machine that others load. */
const patienceMs = 120_000;
const conversations = 20;
const messagesInEach = 1_000;
const answer =
	'## Times\n\nIt takes **fifteen** days for `P-200`.\n\n| Model | Days |\n| --- | --- |\n| P-200 | 15 |\n\n- one\n- two\n\n```js\nconst days = 15;\n```\n\n> As agreed.';

/** Of the form that the API gives. */
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** @returns Markdown. */
export async function measurePage(): Promise<string> {
	const browser = await launchChromium(findChromium() ?? '');
	await using server = await startPageServer();
	fill(server);
	try {
		const starts = await measureStarts(browser, server, 1);
		const slowStarts = await measureStarts(browser, server, 4);
		const { opened, heapMb } = await measureOpening(browser, server);
		const stream = await measureStreaming(browser, server);
		const rows: [string, string, string][] = [
			['usable after a cold start, ms (median of the rounds / longest)', figures(starts), '≤ 1,000'],
			['the same, four times slower processor', figures(slowStarts), '≤ 2,500'],
			['a conversation of 1,000 messages opens, ms (median / longest)', figures(opened), '≤ 300'],
			[`heap after ${conversations} of them, MB`, heapMb.toFixed(1), '≤ 40'],
			[
				'a key to the next paint, 1,000 messages shown and one growing, ms (p50 / p98)',
				`${quantile(stream.keys, 0.5)} / ${quantile(stream.keys, 0.98)}`,
				'≤ 100',
			],
			[
				'tasks over 50 ms meanwhile (how many, the longest in ms)',
				`${stream.longTasks.length}, ${Math.round(Math.max(0, ...stream.longTasks))}`,
				'0',
			],
			['scripts and styles at once, kB gzip', sizeOf((name) => isInitial(name)), '≤ 110'],
			['formulas, kB gzip', sizeOf((name) => name.includes('formula-drawing')), '≤ 65'],
			['colours and the largest language, kB gzip', sizeOf((name) => /highlighting|^css-.*js$/.test(name)), '≤ 30'],
		];
		return `The page of the web, ${rounds} rounds each:\n\n${markdownTable(['what', 'measured', 'aim'], rows)}`;
	} finally {
		await browser.close();
	}
}

function figures(values: readonly number[]): string {
	return `${Math.round(median(values))} / ${Math.round(Math.max(...values))}`;
}

function fill({ world }: PageServer): void {
	world.views = Array.from({ length: conversations }, (_, index) => conversationView({ id: idOf(index), title: `Talk ${index}` }));
	for (let index = 0; index < conversations; index++) {
		const messages = Array.from({ length: messagesInEach }, (_, number) => {
			const id = idOf(1_000_000 * (index + 1) + number);
			if (number % 2 === 0) return messageRow({ id, sequence: number + 1, text: `Question ${number}?`, status: 'answered' });
			const text = `${answer}\n\nIt was answer ${number}.`;
			return answerRow({ id, sequence: number + 1, text, status: 'answered', inReplyTo: idOf(1_000_000 * (index + 1) + number - 1) });
		});
		world.messages.set(idOf(index), messages);
	}
}

async function openTab(browser: Browser): Promise<{ page: Page; session: CDPSession }> {
	const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	await page.addInitScript(watchFor);
	return { page, session: await context.newCDPSession(page) };
}

async function measureStarts(browser: Browser, { address }: PageServer, rate: number): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const { page, session } = await openTab(browser);
		await session.send('Emulation.setCPUThrottlingRate', { rate });
		await page.goto(address);
		await page.getByLabel('Your question').waitFor();
		times.push(await page.evaluate<number>('watched.usableAtMs'));
		await page.context().close();
	}
	return times;
}

async function measureOpening(browser: Browser, { address }: PageServer): Promise<{ opened: number[]; heapMb: number }> {
	const { page, session } = await openTab(browser);
	await page.goto(address);
	const opened: number[] = [];
	for (let index = 0; index < conversations; index++) {
		const row = page.locator('.conversation', { hasText: new RegExp(`Talk ${index}$`) });
		await row.waitFor();
		opened.push(
			await row.evaluate((element) => (globalThis as never as { watched: { open(row: unknown): Promise<number> } }).watched.open(element)),
		);
	}
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	await page.context().close();
	return { opened, heapMb: usedSize / 1024 / 1024 };
}

/** All of a long conversation is shown, an answer grows by fifty pieces a second, and somebody types. */
async function measureStreaming(browser: Browser, { address, world }: PageServer): Promise<{ keys: number[]; longTasks: number[] }> {
	const { page } = await openTab(browser);
	await page.goto(`${address}/c/${idOf(0)}`);
	const said = page.locator('.said');
	await said.last().waitFor();
	for (let shown = await said.count(); shown < messagesInEach; ) {
		await page.getByRole('button', { name: 'Earlier messages' }).evaluate((button) => (button as never as { click(): void }).click());
		const before = shown;
		while (shown === before) shown = await said.count();
	}
	const field = page.getByLabel('Your question');
	await field.fill('Go on');
	await field.press('Enter');
	await page.locator('.said.of-bot[aria-busy="true"]').waitFor();
	const row = world.messages.get(idOf(0))?.at(-1);
	const words = `${answer}\n\n${'It goes on and on with one word after the other. '.repeat(40)}\n\n`.repeat(4).split(/(?<= )/);
	let from = 0;
	const writing = setInterval(() => {
		const text = words.shift();
		if (text === undefined) return clearInterval(writing);
		world.say('answer', { messageId: 'm', answerId: row?.id ?? '', epoch: 1, from, text });
		from += text.length;
	}, 20);
	await page.evaluate('watched.begin()');
	await field.pressSequentially('Somebody types while the answer is being written. '.repeat(2), { delay: 40 });
	clearInterval(writing);
	const measured = await page.evaluate<{ keys: number[]; longTasks: number[] }>('watched.end()');
	await page.context().close();
	return measured;
}

function isInitial(name: string): boolean {
	return readFileSync(join(pageFolder, 'index.html'), 'utf8').includes(name);
}

function sizeOf(isMeant: (name: string) => boolean): string {
	const folder = join(pageFolder, 'assets');
	const names = readdirSync(folder).filter((name) => /\.(?:js|css)$/.test(name) && isMeant(name));
	const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
	return (bytes / 1_000).toFixed(1);
}
