/** The playground in a real browser, as `npm start` brings it: what every visitor meets, tried in the pane of Slack. */

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { english } from '#src/locales/english.ts';
import { ensurePage } from '../../scripts/toolchain/page.mjs';
import { speakAs } from './playground-pane.ts';
import { leave, type Playground, pullPlug, startPlayground } from './playground-process.ts';

let playground: Playground;
let page: Page;

beforeAll(async () => {
	// As `npm start` does before.
	ensurePage(process.execPath);
	playground = await startPlayground(inject('chromiumPath'), { isFirst: true });
});

afterAll(async () => {
	try {
		expect(await playground.terminate(), 'the exit code after SIGTERM').toBe(0);
	} finally {
		await playground.close();
	}
});

beforeEach(async () => {
	page = await playground.open('en-GB');
});

afterEach((context) => leave(page, context, playground));

const slack = () => page.locator('.pane[data-platform="slack"]');
const conversation = () => slack().locator('.conversation');
const thread = () => slack().locator('.thread');
const composer = (scope = conversation()) => scope.locator('.composer textarea');
const answer = () => thread().locator('.message.from-bot:not(.private)').last();
const place = (name: string) => slack().locator('.places button', { hasText: name });
const openPanel = () => page.locator('.panel-button').click();

async function askInGeneral(text: string): Promise<void> {
	await place('general').click();
	await composer().fill(text);
	await composer().press('Enter');
	await thread()
		.locator('.message', { hasText: text.replace('@OpenCCB ', '') })
		.first()
		.waitFor();
}

/** The end of the sample answer, and the thumbs that come with the end of every answer. */
async function answeredWhole(): Promise<void> {
	await answer().getByText('Write again in this thread to go on.').waitFor();
	await answer().locator('.thumb').first().waitFor();
	await expect.poll(async () => await answer().locator('.streaming').count()).toBe(0);
}

test('says plainly that the answers come from an emulated Ollama', async () => {
	await page.locator('.top-bar').getByText('Emulated Ollama').waitFor();
	await page.locator('.top-bar').getByText('Bot is running').waitFor();
	await openPanel();
	await page.locator('.panel').getByText('No Ollama answered at http://127.0.0.1:1').waitFor();
});

test('greets a newcomer with things to try, and a click sends one', async () => {
	const newcomer = await playground.open('en-GB', { hint: true });
	await newcomer.locator('.hint-choices button', { hasText: 'Ask about a thread' }).click();
	await newcomer.locator('[data-platform="slack"] .thread .message.from-bot').waitFor();
	expect(await newcomer.locator('.hint').count()).toBe(0);
	await newcomer.reload();
	await newcomer.locator('.pane').first().waitFor();
	expect(await newcomer.locator('.hint').count()).toBe(0);
	await newcomer.close();
});

test('whoever scrolls up a little while an answer is written stays there, and follows again from the end on', async () => {
	await page.setViewportSize({ width: 1_300, height: 420 });
	await askInGeneral('@OpenCCB what is a purchase order?');
	await answer().locator('.streaming').waitFor();
	const list = thread().locator('.message-list');
	const place = () =>
		list.evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({ top: scrollTop, left: scrollHeight - scrollTop - clientHeight }));
	await expect.poll(async () => (await place()).top, { timeout: 10_000 }).toBeGreaterThan(60);
	await list.hover();
	await page.mouse.wheel(0, -30);
	await expect.poll(async () => (await place()).left).toBeGreaterThan(20);
	const { top } = await place();
	await answeredWhole();
	expect((await place()).top).toBe(top);
	await list.press('End');
	await expect.poll(async () => (await place()).left).toBeLessThan(3);
	await page.locator('.thread .composer textarea').fill('and what is an invoice?');
	await page.locator('.thread .composer textarea').press('Enter');
	await thread().locator('.message', { hasText: 'and what is an invoice?' }).waitFor();
	await expect.poll(async () => (await place()).left).toBeLessThan(3);
});

test('an employee asks in a channel, watches the answer grow and end, and rates it', async () => {
	// It shows for less than a second, so every change of the page is looked at, from before the question on.
	await page.evaluate(`new MutationObserver(() => {
		globalThis.wasSignShown ||= document.querySelector('[data-platform="slack"]').textContent.includes('OpenCCB is thinking…');
	}).observe(document.body, { childList: true, subtree: true, characterData: true })`);
	await askInGeneral('@OpenCCB what is a purchase order?');
	await answer().locator('.streaming').waitFor();
	expect(await page.evaluate('globalThis.wasSignShown')).toBe(true);
	const early = (await answer().locator('.body').innerText()).length;
	await answeredWhole();
	const whole = (await answer().locator('.body').innerText()).length;
	expect(whole).toBeGreaterThan(early);
	expect(await answer().locator('table td').first().innerText()).toBe('Ask');

	const thumb = answer().getByRole('button', { name: 'Good answer' });
	await thumb.click();
	await expect.poll(async () => await thumb.getAttribute('aria-pressed')).toBe('true');
	await thread().locator('.message.private', { hasText: 'Only visible to you' }).getByText('Thank you, noted.').first().waitFor();
	await thread().getByRole('button', { name: 'Close thread' }).click();
	await openPanel();
	await page.locator('.lag', { hasText: 'Slack · #general · Tom' }).first().waitFor();
});

test('Stop ends an answer while it is being written', async () => {
	await askInGeneral('@OpenCCB tell me about the history of brass lamps');
	await answer().locator('.streaming').waitFor();
	await thread().locator('.activity').getByRole('button', { name: 'Stop' }).click();
	await answer().getByText('Stopped.').waitFor();
	expect(await answer().getByText('Write again in this thread').count()).toBe(0);
});

test('pulling the plug in the middle of an answer loses nothing', async () => {
	await askInGeneral('@OpenCCB explain the plug test');
	await answer().locator('.streaming').waitFor();
	await openPanel();
	await pullPlug(page);
	await answeredWhole();
	expect(await thread().getByText('Write again in this thread to go on.').count()).toBe(1);
});

test('page and places follow the person one speaks as', async () => {
	expect(await place('finanzas').count()).toBe(0);
	await speakAs(page, 'Ana Ruiz');
	await place('finanzas').waitFor();
	await slack().getByRole('heading', { name: 'Canales' }).waitFor();
	await expect.poll(async () => await page.locator('html').getAttribute('lang')).toBe('es-ES');
	await speakAs(page, 'Marco Conti');
	await place('engineering').waitFor();
	expect(await slack().locator('.places button').allInnerTexts()).toEqual(['engineering', 'OpenCCB']);
});

test('a command is answered privately, in the language of the person', async () => {
	await speakAs(page, 'Lucía Ferrer');
	await composer().fill('/ccb help');
	await composer().press('Enter');
	await conversation().locator('.message.private', { hasText: 'Solo visible para ti' }).getByText('Comandos, desde').first().waitFor();
});

test('the bot suggests what to ask in its own conversation', async () => {
	await place('OpenCCB').click();
	await slack().locator('.prompts button').first().click();
	await slack().locator('.open-thread .message.from-bot .thumb').first().waitFor();
});

test('Send stays within the pane on every usual screen, whatever stands beside it', async () => {
	await place('OpenCCB').click();
	await composer().fill('hello');
	await composer().press('Enter');
	await conversation().getByRole('button', { name: 'New conversation' }).waitFor();
	for (const width of [1280, 1440, 1920]) {
		await page.setViewportSize({ width, height: 900 });
		const [frame, send] = await Promise.all([
			conversation().locator('.composer').boundingBox(),
			conversation().locator('.send').boundingBox(),
		]);
		expect((send?.x ?? 0) + (send?.width ?? 0), `at ${width} px`).toBeLessThan((frame?.x ?? 0) + (frame?.width ?? 0));
	}
});

test('an empty composer sends nothing, and Shift+Enter starts a line', async () => {
	await place('ventas').click();
	const before = await conversation().locator('.message').count();
	await composer().press('Enter');
	await composer().fill('   ');
	await composer().press('Enter');
	await expect.poll(async () => await conversation().getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
	await composer().fill('First line');
	await composer().press('Shift+Enter');
	await composer().pressSequentially('second line');
	await composer().press('Enter');
	await conversation().locator('.message', { hasText: 'second line' }).waitFor();
	await expect.poll(async () => await conversation().locator('.message').count()).toBe(before + 1);
});

test('what people type is shown as text, never as HTML, with Slack markup in it', async () => {
	await place('ventas').click();
	await composer().fill('<img src=x onerror=alert(1)> *bold* and `code` for @Tom Baker & co');
	await composer().press('Enter');
	const message = conversation().locator('.message', { hasText: 'onerror' });
	await message.locator('strong', { hasText: 'bold' }).waitFor();
	expect(await message.locator('.body').innerText()).toBe('<img src=x onerror=alert(1)> bold and code for @Tom Baker & co');
	expect(await message.locator('img').count()).toBe(0);
	expect(await message.locator('.mention').innerText()).toBe('@Tom Baker');
});

test('the keyboard alone mentions the bot, and Escape closes the thread', async () => {
	await place('ventas').click();
	await composer().pressSequentially('@Open');
	await slack().locator('.suggestions').waitFor();
	await composer().press('Enter');
	expect(await composer().inputValue()).toBe('@OpenCCB ');
	await slack().locator('.thread-footer').first().click();
	await composer(thread()).press('Escape');
	await thread().waitFor({ state: 'detached' });
});

test('refuses commands that Slack would refuse, and keeps what was typed', async () => {
	await place('ventas').click();
	await composer().fill('/lunch');
	await composer().press('Enter');
	await page.getByText('/lunch is not a command of this workspace').waitFor();
	await slack().locator('.thread-footer').first().click();
	await composer(thread()).fill('/ccb help');
	await composer(thread()).press('Enter');
	await page.getByText('Slack does not allow commands in threads').waitFor();
	expect(await composer(thread()).inputValue()).toBe('/ccb help');
});

test('people edit and delete their own messages', async () => {
	await place('ventas').click();
	await composer().fill('The price is 90 euros');
	await composer().press('Enter');
	const id = await conversation().locator('.message', { hasText: 'euros' }).getAttribute('data-message');
	const message = conversation().locator(`.message[data-message="${id}"]`);
	await message.hover();
	await message.getByRole('button', { name: 'Edit' }).click();
	await message.locator('textarea').fill('The price is 95 euros');
	await message.locator('textarea').press('Enter');
	await message.getByText('(edited)').waitFor();
	expect(await message.locator('p').innerText()).toBe('The price is 95 euros');
	await message.hover();
	await message.getByRole('button', { name: 'Delete' }).click();
	await message.waitFor({ state: 'detached' });
});

test('the company has a database to ask, approved by its administrator: number, table, receipt and file', async () => {
	await place('OpenCCB').click();
	await conversation().locator('.samples').getByRole('button', { name: 'How many water pumps are there in Valencia?' }).click();
	const told = slack().locator('.message.from-bot', { hasText: 'verified question' }).last();
	await told.locator('table').waitFor();
	await told.getByRole('button', { name: english.companyData.button.csv }).click();
	await slack()
		.locator('.message.from-bot')
		.getByText(/^almacen-.*\.csv$/)
		.first()
		.waitFor();
});

test('a new conversation takes commands one after the other, as none of them leaves a message', async () => {
	await place('OpenCCB').click();
	await conversation().getByRole('button', { name: 'New conversation' }).click();
	for (const [command, answer] of [
		['/ccb model', 'gemma4'],
		['/ccb quota', 'questions'],
	] as const) {
		await composer().fill(command);
		await composer().press('Enter');
		await conversation().locator('.message.private', { hasText: answer }).last().waitFor();
	}
});

test('a command gives a link that signs in to the page of the web', async () => {
	// Whoever has a conversation open there is in a thread, where Slack takes no commands.
	await speakAs(page, 'Priya Nair');
	await place('OpenCCB').click();
	await composer().fill('/ccb web');
	await composer().press('Enter');
	const told = conversation().locator('.message.private', { hasText: '/enter#' });
	await told.first().waitFor();
	const link = (await told.first().innerText()).match(/http:\/\/localhost:\d+\/enter#\S+/)?.[0] ?? '';
	await page.goto(link);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('textbox', { name: 'Your question' }).waitFor();
});

test('passes health and metrics of the program through', async () => {
	for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(playground.address + path)).status).toBe(200);
});

test('takes actions only as JSON, and none that Slack would refuse', async () => {
	const post = (name: string, type: string, body: string) =>
		fetch(`${playground.address}/api/${name}`, { method: 'POST', headers: { 'content-type': type }, body });
	expect((await post('pull-plug', 'text/plain', '{}')).status).toBe(415);
	expect((await post('say', 'application/json', '{')).status).toBe(400);
	expect(
		(await post('say', 'application/json', JSON.stringify({ platform: 'slack', personId: 'tom', placeId: 'C1', text: 'Hi' }))).status,
	).toBe(400);
	expect(
		(await post('say', 'application/json', JSON.stringify({ platform: 'irc', personId: 'tom', placeId: 'C1', text: 'Hi' }))).status,
	).toBe(400);
	expect((await post('nothing', 'application/json', '{}')).status).toBe(404);
	expect((await fetch(`${playground.address}/../package.json`)).status).toBe(404);
});
