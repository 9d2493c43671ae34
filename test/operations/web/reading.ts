/** What somebody sees who comes from the chat, asks, and watches: through a proxy, in a browser, in two tabs. */

import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { livePace } from '#src/api/contract/live-pace.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { publicUrl } from '#test/e2e/web-page.ts';
import { type WebScene, writing } from '#test/e2e/web-scene.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { call, type Server } from '../https/caller.ts';
import type { Prove } from '../https/prove.ts';

interface Reading {
	scene: WebScene;
	browser: Browser;
	front: Server;
}

const shortAnswer = Array.from({ length: 150 }, (_, index) => `word${index}`).join(' ');
/** Long enough to reload it and to stop it. */
const longAnswer = Array.from({ length: 1_500 }, (_, index) => `word${index}`).join(' ');
/** In that of the page's own process they come sixty times a second; what holds answers back brings them in pieces of 4 kB, or all at once. */
const longestBurstMs = 1_000;

export async function proveReading({ scene, browser, front }: Reading, prove: Prove): Promise<void> {
	// The certificates of this place are nobody's beyond it; that they are right is proven elsewhere.
	const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();

	await prove('somebody comes in by the link from their chat, with a cookie for this name alone', async () => {
		await page.goto(await scene.link(scene.meet()));
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.getByLabel('Your question').waitFor();
		const [cookie, ...others] = await context.cookies();
		assert.deepEqual(others, []);
		assert.match(cookie?.name ?? '', /^__Host-/);
		assert.ok(cookie?.secure && cookie.httpOnly);
	});
	await prove('an answer arrives word by word, not in bursts', async () => {
		scene.ollama.answer(shortAnswer);
		await ask(page, 'Tell me a little');
		const lengths = await watchGrowing(page);
		assert.equal(lengths.at(-1), shortAnswer.length);
		const bursts = lengths.map((length, index) => length - (lengths[index - 1] ?? 0));
		const mostTokens = (longestBurstMs / 1_000) * writing.tokensPerSecond;
		// A token of the emulated model is a word at most.
		assert.ok(Math.max(...bursts) <= mostTokens * 'word149 '.length, `one step of ${Math.max(...bursts)} characters`);
	});
	await prove('it goes on after a reload and in a second tab, and Stop there ends it in both', async () => {
		scene.ollama.answer(longAnswer);
		await page
			.getByRole('link', { name: 'New conversation' })
			.or(page.getByRole('button', { name: 'New conversation' }))
			.first()
			.click();
		await ask(page, 'Tell me all of it');
		const early = await grown(page, 20);
		await page.waitForURL(/\/c\/[0-9a-f-]{36}$/);
		await page.reload();
		const reloaded = await grown(page, early);
		const second = await openBeside(context, page);
		await grown(second, reloaded);
		await second.getByRole('button', { name: 'Stop' }).click();
		for (const tab of [page, second]) await answer(tab).getByText('Stopped.').waitFor();
		// The notice stands in the text until the row of the answer has come.
		await eventually(async () => !(await answerText(page)).includes('Stopped.') && !(await answerText(second)).includes('Stopped.'));
		const [one, two] = [await answerText(page), await answerText(second)];
		assert.equal(one, two);
		assert.ok(longAnswer.startsWith(one) && one.length < longAnswer.length);
		await second.close();
	});
	await prove('a page that is opened while nothing happens shows what was said at once', async () => {
		await page.reload();
		// What holds back the beginning of a stream would let it go with some heartbeat.
		await answer(page).getByText('Stopped.').waitFor({ timeout: livePace.heartbeatMs });
	});
	await prove('signing out everywhere ends every tab at once', async () => {
		const second = await openBeside(context, page);
		await second.getByLabel('Your question').waitFor();
		const status = await page.evaluate(async () => {
			const headers = { 'content-type': 'application/json' };
			return (await fetch('/api/v1/sign-out', { method: 'POST', headers, body: '{"everywhere":true}' })).status;
		});
		assert.equal(status, 204);
		for (const tab of [page, second]) await tab.getByRole('heading', { name: 'Sign in' }).waitFor();
	});
	await prove('the page is compressed, and whoever comes by another origin may change nothing', async () => {
		const { headers, text } = await call(front, { path: '/', headers: { 'accept-encoding': 'gzip' } });
		assert.equal(headers['content-encoding'], 'gzip');
		assert.match(text, /<script/);
		assert.match(String(headers['content-security-policy']), /trusted-types/);
		for (const origin of ['null', `${publicUrl}:8443`, 'https://other.example.com']) {
			const json = { origin, 'content-type': 'application/json' };
			assert.equal((await call(front, { path: '/api/v1/sign-in/code', body: '{}', headers: json })).status, 403, origin);
		}
	});
	await context.close();
}

async function ask(page: Page, text: string): Promise<void> {
	await page.getByLabel('Your question').fill(text);
	await page.getByLabel('Your question').press('Enter');
}

const answer = (page: Page) => page.locator('.said.of-bot').last();
const answerText = async (page: Page) => (await answer(page).locator('.text').innerText()).trim();

/** Waits for more of the answer than there is. @returns how long it is then. */
async function grown(page: Page, than: number): Promise<number> {
	return await eventually(async () => {
		const { length } = await answerText(page);
		return length > than ? length : undefined;
	});
}

/** For the page: the program of this file knows no document. */
const noteLengths = `
	globalThis.seen = [];
	const look = () => {
		const length = [...document.querySelectorAll('.said.of-bot .text')].at(-1)?.innerText.trim().length ?? 0;
		if (length > 0 && length !== seen.at(-1)) seen.push(length);
	};
	look();
	new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });`;

/** Each length that the answer had on the screen, until it is over. */
async function watchGrowing(page: Page): Promise<number[]> {
	await answer(page).locator('.text').waitFor();
	await page.evaluate(noteLengths);
	await answer(page).getByRole('button', { name: 'Good answer' }).waitFor();
	return await page.evaluate<number[]>('seen');
}

async function openBeside(context: BrowserContext, page: Page): Promise<Page> {
	const tab = await context.newPage();
	await tab.goto(page.url());
	return tab;
}
