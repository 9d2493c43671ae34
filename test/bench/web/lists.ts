/** A person's list of conversations and the search in what was said, over HTTP and under the policies, on a PostgreSQL that holds many of both. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { WebBrowser } from '#test/e2e/web-page.ts';
import { openWebScene, type WebScene } from '#test/e2e/web-scene.ts';
import { processFigures } from '../processes.ts';
import { quantile } from '../report.ts';
import { fill, type LibrarySize, words } from './fill.ts';

const rounds = 40;

interface Page {
	conversations: ConversationView[];
	nextCursor: string | null;
}

/** Markdown. Half of the conversations and messages are somebody else's. */
export async function measureLists(size: LibrarySize): Promise<string> {
	await using scene = await openWebScene({});
	const [account, other] = [scene.meet(), scene.meet()];
	const browser = await scene.signIn(account);
	await scene.signIn(other);
	await fill(scene.databaseUrl ?? '', size, [account, other]);
	const middle = await cursorInTheMiddle(browser, size.conversations);
	const asked: [string, string][] = [
		['the first page of the list', ''],
		['a page in its middle', `cursor=${middle}`],
		...Object.entries(words).map(([what, word]): [string, string] => [`search: ${what}`, `query=${encodeURIComponent(word)}`]),
	];
	const rows: string[] = [];
	for (const [what, query] of asked) rows.push(await measure(scene, browser, what, query));
	return [
		`${size.conversations} conversations of the person, ${size.messages} messages, half of them theirs; ${rounds} requests each, one after the other:\n`,
		'| what | found | ms p50 / p95 | CPU ms of the program |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

async function cursorInTheMiddle(browser: WebBrowser, conversations: number): Promise<string> {
	let cursor = '';
	for (let seen = 0; seen < conversations / 2; ) {
		const { body } = await browser.call<Page>('GET', `/conversations?${cursor === '' ? '' : `cursor=${cursor}`}`);
		if (body.nextCursor === null) break;
		seen += body.conversations.length;
		cursor = body.nextCursor;
	}
	return cursor;
}

async function measure(scene: WebScene, browser: WebBrowser, what: string, query: string): Promise<string> {
	const call = async () => await browser.call<Page>('GET', `/conversations?${query}`);
	const { body } = await call();
	const before = processFigures(scene.program.pid);
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const began = performance.now();
		await call();
		times.push(performance.now() - began);
	}
	const processorMs = (processFigures(scene.program.pid).processorMs - before.processorMs) / rounds;
	const spread = [0.5, 0.95].map((share) => quantile(times, share).toFixed(1)).join(' / ');
	return `| ${[what, body.conversations.length, spread, processorMs.toFixed(1)].join(' | ')} |`;
}
