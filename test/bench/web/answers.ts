/** Answers that many people ask for at once and watch in the browser: when they see the first and the last of them, alone and beside readers who take nothing. */

import { randomUUID } from 'node:crypto';
import type { TakenQuestion } from '#src/api/contract/messages.ts';
import { eventually } from '#test/e2e/eventually.ts';
import type { LivePage, WebBrowser } from '#test/e2e/web-page.ts';
import { openWebScene, type WebScene, writing } from '#test/e2e/web-scene.ts';
import { processFigures } from '../processes.ts';
import { quantile } from '../report.ts';

/** About as long as a model's. */
const tokens = Array.from({ length: 400 }, (_, index) => `${index === 0 ? '' : ' '}w${index}`);
const text = tokens.join('');
/** Past this an answer counts as never finished. */
const giveUpMs = 300_000;
const warmUp = 10;

/** What one reader saw, in milliseconds. */
interface Watched {
	/** From the model's first token to the first text. */
	first: number;
	/** From its last token to the whole text. */
	final: number;
	/** And to the answer's end, with its buttons. */
	end: number;
	/** Each character came once, in its place. */
	isWhole: boolean;
}

/** Markdown. @param readers Each asks, at the same moment as the others. */
export async function measureAnswers(readers: number): Promise<string> {
	await using scene = await openWebScene({ slots: readers });
	scene.ollama.answer({ tokens });
	const browsers: WebBrowser[] = [];
	for (let person = 0; person < readers; person++) browsers.push(await scene.signIn(scene.meet()));
	await askAll(scene, browsers.slice(0, warmUp), false);
	const rows: string[] = [];
	for (const besideSlow of [false, true]) {
		const before = processFigures(scene.program.pid);
		const watched = await askAll(scene, browsers, besideSlow);
		const after = processFigures(scene.program.pid);
		rows.push(row(besideSlow, watched, after.processorMs - before.processorMs, after.residentBytes));
	}
	return [
		`${readers} answers of ${tokens.length} tokens at once, ${writing.tokensPerSecond} tokens a second each, ms:\n`,
		'| readers | first text p50 / p95 | whole text p50 / p95 | end p50 / p95 | whole | CPU ms/answer | RSS MiB |',
		'| --- | --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

function row(besideSlow: boolean, watched: readonly Watched[], processorMs: number, residentBytes: number): string {
	const spread = (of: 'first' | 'final' | 'end') => {
		const values = watched.map((one) => one[of]);
		return [0.5, 0.95].map((share) => quantile(values, share).toFixed(0)).join(' / ');
	};
	return `| ${[
		besideSlow ? `${watched.length}, each beside one who takes nothing` : `${watched.length}`,
		spread('first'),
		spread('final'),
		spread('end'),
		`${watched.filter(({ isWhole }) => isWhole).length}/${watched.length}`,
		(processorMs / watched.length).toFixed(0),
		(residentBytes / 2 ** 20).toFixed(0),
	].join(' | ')} |`;
}

async function askAll(scene: WebScene, browsers: readonly WebBrowser[], besideSlow: boolean): Promise<Watched[]> {
	const opened = await Promise.all(
		browsers.map(async (browser) => {
			const newConversation = randomUUID();
			const slow = besideSlow ? await browser.listen({ newConversation }) : null;
			slow?.pause();
			return { browser, newConversation, slow, page: await browser.listen({ newConversation }) };
		}),
	);
	const round = randomUUID();
	const watched = await Promise.all(
		opened.map(async ({ browser, newConversation, page }, index) => {
			const question = `${round} ${index}`;
			const body = { clientId: randomUUID(), newConversation, text: question };
			const { answerId } = (await browser.call<TakenQuestion>('POST', '/messages', body)).body;
			await eventually(() => endOf(page, answerId), giveUpMs);
			return watch(scene, page, answerId, question);
		}),
	);
	for (const { page, slow } of opened) {
		page.leave();
		slow?.leave();
	}
	return watched;
}

const endOf = ({ heard }: LivePage, answerId: string) =>
	heard.find(({ name, data }) => name === 'ended' && (data as { id: string }).id === answerId);

function watch({ ollama }: WebScene, page: LivePage, answerId: string, question: string): Watched {
	const { heard, rows } = page;
	const record = ollama.requests.find(({ body }) => JSON.stringify(body).includes(`"${question}"`));
	const grown = heard.filter(({ name, data }) => name === 'answer' && (data as { answerId: string }).answerId === answerId);
	const pieces = grown.map(({ data }) => (data as { text: string }).text);
	const shownAtMs = (at: number | undefined) => performance.timeOrigin + (at ?? Number.NaN);
	return {
		first: shownAtMs(grown[pieces.findIndex((piece) => piece !== '')]?.atMs) - (record?.firstTokenAtMs ?? Number.NaN),
		final: shownAtMs(grown.findLast((_, index) => pieces[index] !== '')?.atMs) - (record?.lastTokenAtMs ?? Number.NaN),
		end: shownAtMs(endOf(page, answerId)?.atMs) - (record?.lastTokenAtMs ?? Number.NaN),
		isWhole: rows.get(answerId)?.text === text && pieces.join('') === text,
	};
}
