/** The list at the side in a real browser: found, renamed, put away and removed by hand and by keys, thousands of them. */

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { idOf, useBrowserPage } from './browser-page.ts';
import { conversationView, messageRow } from './fake-api.ts';

const browser = useBrowserPage();

/** The latest first. */
function fill(count: number, part: (number: number) => Parameters<typeof conversationView>[0] = () => ({})): void {
	const latest = Date.now();
	browser.world.views = Array.from({ length: count }, (_, number) => {
		const lastSaidAt = new Date(latest - number * 60_000).toISOString();
		return conversationView({ id: idOf(number), title: `Talk ${number}`, lastSaidAt, ...part(number) });
	});
	for (const { id, title } of browser.world.views)
		browser.world.messages.set(id, [messageRow({ text: `In ${title}`, status: 'answered' })]);
}

const row = (page: Page, title: string) => page.getByRole('link', { name: title });
const focused = async (page: Page) => await page.evaluate<string>('document.activeElement?.textContent ?? ""');

it('shows 5,000 conversations of all platforms with few elements, and comes to the last of them', async () => {
	browser.world.pageSize = 1_000;
	fill(5_000, (number) => (number === 1 ? { platform: 'slack', kind: 'channel', takesQuestions: false } : { isUnread: number === 2 }));
	const page = await browser.open();
	await row(page, 'Talk 1, Slack, channel').waitFor();
	await row(page, 'Talk 2, Web, unread').waitFor();
	const list = page.locator('.conversations');
	await expect
		.poll(async () => {
			await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
			return await row(page, 'Talk 4999').count();
		})
		.toBe(1);
	expect(await list.locator('li').count()).toBeLessThan(80);
	expect(browser.complaints).toEqual([]);
});

it('is gone through by keys: one stop for Tab, arrows, F2 to rename, Delete with a way back', async () => {
	fill(30);
	const page = await browser.open();
	await row(page, 'Talk 0').focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect.poll(async () => await focused(page)).toContain('Talk 2');
	await page.keyboard.press('End');
	await expect.poll(async () => await focused(page)).toContain('Talk 29');
	await page.keyboard.press('Home');
	await expect.poll(async () => await focused(page)).toContain('Talk 0');
	await expect.poll(async () => await page.locator('.conversations a:not([tabindex="-1"])').count()).toBe(1);

	// Letters may follow F2 before anything is painted.
	const keyed = `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', bubbles: true }));
		Promise.resolve().then(() => document.activeElement.ariaLabel)`;
	expect(await page.evaluate<string>(keyed)).toBe('New title');
	await page.getByLabel('New title').fill('First of all');
	await page.keyboard.press('Enter');
	await row(page, 'First of all').waitFor();
	await expect.poll(() => browser.world.calls).toContain(`PATCH /conversations/${idOf(0)} {"title":"First of all"}`);
	await expect.poll(async () => await focused(page)).toContain('First of all');
	await page.keyboard.press('F2');
	await page.getByLabel('New title').fill('Not this');
	await page.keyboard.press('Escape');
	await row(page, 'First of all').waitFor();

	await page.keyboard.press('Delete');
	await page.getByRole('status').getByText('Deleted: “First of all”').waitFor();
	await expect.poll(async () => await focused(page)).toContain('Talk 1');
	await expect.poll(async () => await row(page, 'First of all').count()).toBe(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await row(page, 'First of all').waitFor();
	expect(browser.world.calls.filter((call) => call.startsWith('DELETE'))).toEqual([]);
});

it('removes what is out of sight when the page goes', async () => {
	fill(2);
	const page = await browser.open(`/c/${idOf(0)}`);
	await page.getByText('In Talk 0').waitFor();
	await page.getByRole('banner').or(page.locator('.talk-header')).getByRole('button', { name: 'What to do with “Talk 0”' }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await page.getByText('Hello, Tom.').waitFor();
	await page.close();
	await expect.poll(() => browser.world.calls).toContain(`DELETE /conversations/${idOf(0)}`);
});

it('finds by title, pins, archives, and shows what was archived', async () => {
	fill(5);
	const page = await browser.open();
	const choose = async (title: string, choice: string) => {
		await row(page, title).hover();
		await page
			.locator('.conversations')
			.getByRole('button', { name: `What to do with “${title}”` })
			.click();
		await page.getByRole('menuitem', { name: choice }).click();
	};
	await choose('Talk 3', 'Pin');
	await row(page, 'Talk 3, Web, pinned').waitFor();
	expect(await page.locator('.conversations li.heading').first().innerText()).toBe('Pinned');
	await choose('Talk 4', 'Archive');
	await expect.poll(async () => await row(page, 'Talk 4').count()).toBe(0);
	await page.getByRole('button', { name: 'Account of Tom' }).click();
	await page.getByRole('menuitem', { name: 'Archived conversations' }).click();
	await row(page, 'Talk 4').waitFor();
	await expect.poll(async () => await page.locator('.conversations li.row').count()).toBe(1);
	await page.getByRole('button', { name: 'Back to all conversations' }).click();
	await row(page, 'Talk 3').waitFor();
	await page.getByLabel('Search conversations').fill('talk 2');
	await page.getByText('1 conversation found').waitFor({ state: 'attached' });
	expect(await page.locator('.conversations .excerpt').innerText()).toContain('talk 2');
	expect(browser.world.calls).toEqual([
		`PATCH /conversations/${idOf(3)} {"isPinned":true}`,
		`PATCH /conversations/${idOf(4)} {"isArchived":true}`,
	]);
});

it('leads to the chat that a conversation is held in, goes on with it here, and gives it as a file', async () => {
	const permalink = 'https://example.slack.com/archives/C1/p1';
	fill(1, () => ({ platform: 'slack', kind: 'channel', takesQuestions: false, permalink }));
	const page = await browser.open(`/c/${idOf(0)}`);
	const menu = page.locator('.talk-header').getByRole('button');
	await menu.click();
	const link = page.getByRole('menuitem', { name: 'Open in Slack' });
	expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([permalink, 'noreferrer noopener']);
	const saved = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Save as text (Markdown)' }).click();
	expect((await saved).suggestedFilename()).toBe('talk.md');
	await menu.click();
	await page.getByRole('menuitem', { name: 'Continue here' }).click();
	await page.getByText('Goes on with “Talk 0”').waitFor();
	await page.getByLabel('Your question').fill('And then?');
	await page.keyboard.press('Enter');
	await expect.poll(() => browser.world.calls.at(-1)).toContain(`"continuedFrom":"${idOf(0)}"`);
});

it('keeps what is being typed, conversation by conversation', async () => {
	fill(2);
	const page = await browser.open(`/c/${idOf(0)}`);
	await page.getByLabel('Your question').fill('half of it');
	await row(page, 'Talk 1').click();
	await page.getByText('In Talk 1').waitFor();
	await expect.poll(async () => await page.getByLabel('Your question').inputValue()).toBe('');
	await row(page, 'Talk 0').click();
	await expect.poll(async () => await page.getByLabel('Your question').inputValue()).toBe('half of it');
	await page.reload();
	await expect.poll(async () => await page.getByLabel('Your question').inputValue()).toBe('half of it');
});

it('leaves a composition of letters alone, in titles as in questions', async () => {
	fill(1);
	const page = await browser.open(`/c/${idOf(0)}`);
	const devtools = await page.context().newCDPSession(page);
	const compose = async (text: string) => {
		await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
		await page.keyboard.press('Enter');
	};
	await page.getByLabel('Your question').focus();
	await compose('に');
	expect(browser.world.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
	await row(page, 'Talk 0').focus();
	await page.keyboard.press('F2');
	await compose('ほ');
	await page.getByLabel('New title').waitFor();
	await page.keyboard.press('Escape');
	expect(browser.world.calls.filter((call) => call.includes('title'))).toEqual([]);
});
