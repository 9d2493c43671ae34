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

it('draws formulas once they are there, and does nothing that hostile ones ask for', async () => {
	const raw = String.raw;
	const wide = raw`\[ x = ${'a_1 + b_2 + '.repeat(40)} c \]`;
	const hostile = [
		raw`\(\href{javascript:alert(1)}{x^2}\)`,
		raw`\(\includegraphics{https://evil.example/p.png} = 1\)`,
		raw`\(\def\a{\a\a}\a = 1\)`,
		raw`\(\unknownthing{x} = 1\)`,
		raw`\(\htmlStyle{position:fixed}{x^2}\)`,
	];
	const page = await browser.open(
		answered([raw`Half: \(\frac{1}{2}mv^2\), for R$ 12 or R$ 15.`, '$$ E = mc^2 $$', wide, ...hostile].join('\n\n')),
		{ viewport: { width: 320, height: 640 } },
	);
	await expect.poll(async () => await answer(page).locator('math').count()).toBeGreaterThanOrEqual(3);
	expect(await answer(page).locator('math mfrac').count()).toBe(1);
	expect(await page.evaluate('document.querySelector("math").namespaceURI')).toBe('http://www.w3.org/1998/Math/MathML');
	await answer(page).getByText(', for R$ 12 or R$ 15.').waitFor();
	const box = answer(page).getByRole('region', { name: 'Formula' }).last();
	expect(await box.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
	expect(await sideways(page)).toBe(false);
	// What it does not know, or must not do, stays as it was written.
	await answer(page).getByText(raw`\unknownthing{x} = 1`).waitFor();
	expect(await answer(page).locator('.formula :is(a, img, [href], [src], [style*="fixed"])').count()).toBe(0);
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
	await sheet.getByText('Purchasing · Sep 14, 2026 · may be out of date').waitFor();
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
	const slack = browser.world.me.accounts[0] ?? { id: idOf(1), platform: 'slack', name: 'tom' };
	browser.world.me = { ...browser.world.me, accounts: [slack, { id: idOf(2), platform: 'teams', name: 'Tom T.' }] };
	const page = await browser.open('/', { colorScheme: 'light' });
	const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
	const light = await ground();
	await page.getByRole('button', { name: 'Account of Tom' }).click();
	await expect.poll(async () => await page.evaluate('document.activeElement.role')).toBe('menuitem');
	await page.keyboard.press('Enter');
	const settings = page.getByRole('dialog', { name: 'Settings' });
	await settings.getByText('190,000 of 200,000').waitFor();
	await settings.getByText('3,200', { exact: true }).waitFor();
	await settings.getByRole('radio', { name: 'Dark' }).check();
	await expect.poll(ground).not.toBe(light);
	await settings.getByRole('button', { name: 'Sign out there: Safari, iPhone' }).click();
	await expect.poll(async () => await settings.getByText('last seen').count()).toBe(0);
	await settings.getByLabel('What it is for').fill('My script');
	await settings.getByRole('checkbox', { name: 'read' }).check();
	await settings.getByRole('button', { name: 'Make a token' }).click();
	await settings.getByText('ccb_09IB4CAJGsecret').waitFor();
	expect(browser.world.calls).toContain('POST /tokens {"name":"My script","scopes":["chat","read"],"days":90}');
	await settings.getByRole('button', { name: 'End the token: My script' }).click();
	await settings.getByText('My script').waitFor({ state: 'detached' });
	await settings.getByText('up to 20 messages: asked by legal').waitFor();
	await settings.getByRole('button', { name: 'Unlink Tom T. (Teams)' }).click();
	await settings.getByRole('alert').getByRole('button', { name: 'Unlink' }).click();
	await expect.poll(() => browser.world.calls.at(-1)).toBe(`DELETE /accounts/${idOf(2)}`);
	await settings.getByText('Tom T.').waitFor({ state: 'detached' });
	await settings.getByRole('radio', { name: 'Español' }).click();
	await page.getByRole('dialog', { name: 'Ajustes' }).waitFor();
	await expect.poll(async () => await page.evaluate('document.documentElement.lang')).toBe('es');
	await page.keyboard.press('Escape');
	await page.reload();
	await page.getByRole('button', { name: '¿Qué sabes hacer?' }).click();
	await page.locator('.said.mine', { hasText: '¿En qué me puedes ayudar?' }).waitFor();
	expect(await ground()).not.toBe(light);
	expect(browser.complaints).toEqual([]);
});

it('says by ticks what is shown and drawn on, takes files by hand and long texts as files, says why one is refused, and sends the others with the question', async () => {
	const page = await browser.open(answered('Yes.'));
	await page.getByRole('button', { name: 'Bad answer' }).click();
	await page.getByLabel('Show this question and answer to the administrators').check();
	await page.getByRole('button', { name: 'Send the reason' }).click();
	await expect.poll(() => browser.world.calls.at(-1)).toContain('{"rating":"down","showsExchange":true}');
	await page.getByRole('button', { name: 'Company knowledge', pressed: true }).click();
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
	await expect
		.poll(() => browser.world.calls.at(-1))
		.toContain(`"text":"What is in it?","files":["${idOfFile}","${idOfFile}"],"withoutKnowledge":true`);
	await expect.poll(async () => await page.locator('.attached-files').count()).toBe(0);
	await expect.poll(async () => await field.inputValue()).toBe('');
	expect(browser.complaints).toEqual([]);
});

it('shows the commands while one is typed, takes one by keys, and keeps the focus where one types', async () => {
	const page = await browser.open();
	const field = page.getByLabel('Your question');
	const chosen = () => page.locator('[role="option"][aria-selected="true"]').innerText();
	await field.pressSequentially('/');
	await expect.poll(async () => await page.getByRole('listbox', { name: 'Commands' }).getByRole('option').count()).toBe(3);
	await page.getByText('3 commands. Arrow keys choose').waitFor({ state: 'attached' });
	await field.press('ArrowUp');
	await expect.poll(chosen).toContain('/ccb quota');
	await field.press('ArrowDown');
	await field.press('ArrowDown');
	await expect.poll(chosen).toContain('/ccb model');
	const active = await field.getAttribute('aria-activedescendant');
	expect(await page.locator(`#${active}`).innerText()).toContain('/ccb model');
	await field.press('Enter');
	await expect.poll(async () => await field.inputValue()).toBe('/ccb model ');
	await page.getByText('/ccb model [model]').waitFor();
	await field.fill('/cuo');
	await page.getByRole('option').waitFor();
	await field.press('Escape');
	await expect.poll(async () => await page.getByRole('option').count()).toBe(0);
	expect(await field.inputValue()).toBe('/cuo');
	await field.fill('/ccb quota');
	await field.press('Enter');
	await expect.poll(() => browser.world.calls.at(-1)).toContain('"text":"/ccb quota"');
	expect(browser.complaints).toEqual([]);
});

it('touches nothing but the answer that grows, whose code keeps its place and is coloured once it is whole', async () => {
	const page = await browser.open(answered(`${paragraphs(3)}\n\n\`\`\`js\nconst before = 1;\n\`\`\``));
	await answer(page).locator('.hljs-keyword').waitFor();
	const field = page.getByLabel('Your question');
	await field.fill('And then?');
	await field.press('Enter');
	await expect.poll(() => browser.world.messages.get(idOf(1))?.length).toBe(4);
	const row = browser.world.messages.get(idOf(1))?.at(-1);
	await page.locator('.said.of-bot[aria-busy="true"]').waitFor();
	// How often anything of the rows before it changes.
	await page.evaluate(`
		globalThis.touched = 0;
		const looked = new MutationObserver((all) => { touched += all.length; });
		for (const row of [...document.querySelectorAll('.said')].slice(0, -1)) looked.observe(row, { subtree: true, childList: true, characterData: true });
	`);
	let from = 0;
	const say = (text: string) => {
		browser.world.say('answer', { messageId: 'm', answerId: row?.id ?? '', epoch: 1, from, text });
		from += text.length;
	};
	say('So:\n\n```js\nconst first');
	await answer(page).getByText('const first').waitFor();
	await page.evaluate('globalThis.code = [...document.querySelectorAll("pre")].at(-1)');
	for (const piece of [' = 1;\n', 'const second = 2;\n', 'const third = 3;\n']) say(piece);
	await field.pressSequentially('half a question');
	await answer(page).getByText('const third = 3;').waitFor();
	expect(await answer(page).locator('.hljs-keyword').count()).toBe(0);
	say('```\n\nThat is all.');
	await answer(page).getByText('That is all.').waitFor();
	await expect.poll(async () => await answer(page).locator('.hljs-keyword').count()).toBe(3);
	expect(await page.evaluate('code.isConnected && code === [...document.querySelectorAll("pre")].at(-1)')).toBe(true);
	expect(await page.evaluate('touched')).toBe(0);
	expect(await field.inputValue()).toBe('half a question');
});

it('copies where browsers give no clipboard, says that a limit is reached, and leaves a phone its keyboard', async () => {
	const page = await browser.open('/', { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
	const field = page.getByLabel('Your question');
	await field.waitFor();
	// No keyboard comes by itself, and Enter on it begins a new line.
	expect(await page.evaluate('document.activeElement === document.querySelector("textarea")')).toBe(false);
	await field.fill('one');
	await field.press('Enter');
	await field.pressSequentially('two');
	expect(await field.inputValue()).toBe('one\ntwo');
	// What is left of the screen above a keyboard.
	await page.setViewportSize({ width: 360, height: 320 });
	await expect.poll(async () => ((await field.boundingBox())?.y ?? 999) + ((await field.boundingBox())?.height ?? 0)).toBeLessThan(320);
	await page.getByRole('button', { name: 'Send' }).tap();
	await page.locator('.said.mine', { hasText: 'one' }).waitFor();
	const told = 'You have asked 20 questions within a minute. Ask again in 40 seconds.';
	browser.world.say('private', { id: idOf(50), text: told });
	await page.getByRole('complementary', { name: 'Only for you' }).getByText(told).waitFor();

	const copying = await browser.open(answered('```sh\nls -l\n```'));
	await copying.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })');
	await answer(copying).locator('figure').getByRole('button', { name: 'Copy' }).click();
	await answer(copying).locator('figure').getByText('Copied').waitFor();
	await copying.getByLabel('Your question').press('Control+v');
	await expect.poll(async () => await copying.getByLabel('Your question').inputValue()).toBe('ls -l');
});
