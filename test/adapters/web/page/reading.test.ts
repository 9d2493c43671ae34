/** Reading and asking in a real browser: nothing pulls the reader, nothing wide moves the page, and nothing of a model's text does anything. */

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { idOf, useBrowserPage } from './browser-page.ts';
import { answerRow, conversationView, messageRow } from './fake-api.ts';
import { idOfFile } from './page-server.ts';

const browser = useBrowserPage();

const answer = (page: Page) => page.locator('.said.of-bot').last();
const sideways = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** A conversation with this one answer to its question. */
function answered(text: string, part: Partial<ConversationMessage> = {}): string {
	const id = idOf(1);
	browser.world.views = [conversationView({ id, title: 'Talk' })];
	browser.world.messages.set(id, [
		messageRow({ id: idOf(10), status: 'answered' }),
		answerRow({ id: idOf(11), text, status: 'answered', inReplyTo: idOf(10), ...part }),
	]);
	return `/c/${id}`;
}

const paragraphs = (count: number) => Array.from({ length: count }, (_, index) => `Paragraph ${index}.`).join('\n\n');

it('puts the question at the top, lets the answer grow below it, and never moves a reader who does not ask for it', async () => {
	const page = await browser.open(answered(paragraphs(80)));
	await page.getByText('Paragraph 79.').waitFor();
	const messages = page.locator('.messages');
	const top = () => messages.evaluate((element) => element.scrollTop);
	await page.getByLabel('Your question').fill('And then?');
	await page.keyboard.press('Enter');
	const question = page.locator('.said.mine').last();
	const offset = async () => ((await question.boundingBox())?.y ?? 0) - ((await messages.boundingBox())?.y ?? 0);
	await expect.poll(offset).toBeLessThan(40);
	await expect.poll(offset).toBeGreaterThanOrEqual(0);
	await expect.poll(() => browser.world.messages.get(idOf(1))?.length).toBe(4);
	const row = browser.world.messages.get(idOf(1))?.at(-1);
	const place = await top();
	const say = (from: number, text: string) =>
		browser.world.say('answer', { messageId: 'm', answerId: row?.id ?? '', epoch: 1, from, text });
	const first = 'It goes on. ';
	say(0, first);
	await answer(page).getByText('It goes on.').waitFor();
	expect(await top()).toBe(place);
	const long = `\n\n${paragraphs(60)}`;
	say(first.length, long);
	await page.getByRole('button', { name: 'New text' }).waitFor();
	expect(await top()).toBe(place);
	// At the very end, and only there, one goes along; a small step back ends it.
	await page.getByRole('button', { name: 'New text' }).click();
	say(first.length + long.length, `\n\n${paragraphs(5)}`);
	const isAtEnd = () => messages.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight <= 2);
	await expect.poll(isAtEnd).toBe(true);
	await messages.hover();
	await page.mouse.wheel(0, -30);
	await expect.poll(isAtEnd).toBe(false);
	const back = await top();
	say(first.length + long.length, `\n\n${paragraphs(9)} The end.`);
	await answer(page).getByText('The end.').waitFor();
	expect(await top()).toBe(back);
});

it('lets what is wide scroll in a box of its own, at 320 pixels too', async () => {
	const wide = `| ${'a very wide column | '.repeat(12)}\n|${' --- |'.repeat(12)}\n| ${'some_value_without_a_space | '.repeat(12)}`;
	const path = answered(`${wide}\n\n\`\`\`sh\n${'a-long-line '.repeat(60)}\n\`\`\`\n\n${'unbroken'.repeat(200)}`);
	const page = await browser.open(path, { viewport: { width: 320, height: 640 } });
	await answer(page).locator('table').waitFor();
	expect(await sideways(page)).toBe(false);
	for (const box of ['.table-frame', '.code-frame']) {
		expect(await page.locator(box).evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
		expect(await page.locator(box).getAttribute('tabindex')).toBe('0');
	}
});

it('turns each block to the direction of its own words, and leaves code and money alone', async () => {
	const page = await browser.open(answered('مرحبا بكم في الشركة\n\nIn English, for R$ 12 or R$ 15.\n\n```js\nconst x = 1;\n```'));
	await answer(page).locator('.hljs-keyword').waitFor();
	const direction = async (selector: string) =>
		await page.evaluate<string>(`getComputedStyle(document.querySelector('.of-bot .text ${selector}')).direction`);
	expect(await direction('p')).toBe('rtl');
	expect(await direction('p ~ p')).toBe('ltr');
	expect(await direction('pre')).toBe('ltr');
	await answer(page).getByText('for R$ 12 or R$ 15.').waitFor();
	expect(browser.complaints).toEqual([]);
});

it('shows hostile text as text, a megabyte in one line too', async () => {
	const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://evil.example/p.png)';
	const page = await browser.open(answered(`${hostile}\n\n${'x'.repeat(1_000_000)}\n\nAfter it.`));
	await answer(page).getByText('After it.').waitFor();
	expect(await answer(page).locator(':is(script, img, iframe, object, style)').count()).toBe(0);
	expect(await sideways(page)).toBe(false);
	expect(browser.complaints).toEqual([]);
});

it('opens a source beside the answer by its number, and comes back by Escape', async () => {
	const source = { position: 1, title: 'Terms', place: 'Purchasing', date: '2026-09-14', url: 'https://files.example/terms', isOld: true };
	const sources = [{ ...source, excerpt: 'Fifteen working days.', canShow: true, original: null }];
	const page = await browser.open(answered('Fifteen days [1], not [2].', { sources }));
	await answer(page).getByRole('button', { name: 'Source 1: Terms' }).click();
	const sheet = page.getByRole('complementary', { name: 'Source 1: Terms' });
	await sheet.getByText('Before it. Fifteen working days. After it.').waitFor();
	expect(await sheet.locator('mark').innerText()).toBe('Fifteen working days.');
	await sheet.getByText('Purchasing · 2026-09-14 · may be out of date').waitFor();
	expect(await sheet.getByRole('link', { name: 'Open the document' }).getAttribute('href')).toBe('https://files.example/terms');
	await page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'detached' });
	await expect.poll(async () => await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Source 1: Terms');
	await answer(page).getByText(', not [2].').waitFor();
});

it('says in words what is wrong, keeps what was typed, and goes on by itself', async () => {
	const page = await browser.open(answered('Half an', { status: 'interrupted', finishReason: 'interrupted' }));
	await answer(page).getByText('This answer was broken off.').waitFor();
	browser.world.failure = { status: 503, code: 'UNAVAILABLE', message: 'The database is away.' };
	await page.getByLabel('Your question').fill('Again, please');
	await page.keyboard.press('Enter');
	await page.getByText('Waiting to be sent… The database is away.').waitFor();
	browser.world.hangUp();
	await page.getByText('The line is lost.').waitFor();
	browser.world.failure = { status: 401, code: 'UNAUTHENTICATED', message: '' };
	await page.getByRole('dialog', { name: 'Sign in' }).getByText('Nothing you typed is lost').waitFor();
	browser.world.failure = null;
	await page.evaluate('dispatchEvent(new Event("online"))');
	await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'detached' });
	await expect.poll(() => browser.world.calls.filter((call) => call.includes('Again, please')).length).toBe(1);
	await page.getByText('The line is lost.').waitFor({ state: 'detached' });
	browser.world.say('activity', { text: 'is waiting for a free model: place 3, about 20 s' });
	await page.getByText('OpenCCB is waiting for a free model: place 3, about 20 s').waitFor();
});

it('begins with a prompt, and changes looks, language and sessions in the settings', async () => {
	const page = await browser.open('/', { colorScheme: 'light' });
	const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
	const light = await ground();
	await page.getByRole('button', { name: 'Account of Tom' }).click();
	await page.keyboard.press('Enter');
	const settings = page.getByRole('dialog', { name: 'Settings' });
	await settings.getByText('190,000 of 200,000').waitFor();
	await settings.getByText('3,200', { exact: true }).waitFor();
	await settings.getByRole('radio', { name: 'Dark' }).check();
	await expect.poll(ground).not.toBe(light);
	await settings.getByRole('button', { name: 'Sign out there: Safari, iPhone' }).click();
	await expect.poll(async () => await settings.getByText('last seen').count()).toBe(0);
	await settings.getByRole('radio', { name: 'Español' }).check();
	await page.getByRole('dialog', { name: 'Ajustes' }).waitFor();
	await expect.poll(async () => await page.evaluate('document.documentElement.lang')).toBe('es');
	await page.keyboard.press('Escape');
	await page.reload();
	await page.getByRole('button', { name: '¿Qué sabes hacer?' }).click();
	await page.locator('.said.mine', { hasText: '¿En qué me puedes ayudar?' }).waitFor();
	expect(await ground()).not.toBe(light);
	expect(browser.complaints).toEqual([]);
});

it('takes files by hand and long texts as files, says why one is refused, and sends the others with the question', async () => {
	const page = await browser.open(answered('Yes.'));
	const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('words') });
	await page
		.getByLabel('Attach files')
		.first()
		.setInputFiles([file('año.txt'), file('virus.exe')]);
	await page.getByText('Programs are not taken.').waitFor();
	await page.getByRole('button', { name: 'Try again: virus.exe' }).click();
	await page.getByText('Programs are not taken.').waitFor();
	await page.getByRole('button', { name: 'Take off: virus.exe' }).click();
	const field = page.getByLabel('Your question');
	await field.fill('What is in it?');
	await field.evaluate((element) => {
		const { ClipboardEvent, DataTransfer } = globalThis as never as {
			ClipboardEvent: new (name: string, init: object) => Event;
			DataTransfer: new () => { setData(type: string, text: string): void };
		};
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'a line\n'.repeat(20_000));
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	await page.getByRole('button', { name: 'Take off: pasted-text.txt' }).waitFor();
	await expect.poll(async () => await page.locator('.attached-files .kept').count()).toBe(2);
	await page.getByRole('button', { name: 'Send' }).click();
	await expect.poll(() => browser.world.calls.at(-1)).toContain(`"text":"What is in it?","files":["${idOfFile}","${idOfFile}"]`);
	await expect.poll(async () => await page.locator('.attached-files').count()).toBe(0);
	await expect.poll(async () => await field.inputValue()).toBe('');
	expect(browser.complaints).toEqual([]);
});
