/** The page for everybody: what axe finds in each view, where the Tab key leads, and what a screen reader is told. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { english } from '../../../../adapters/web/page/words/english.ts';
import { spanish } from '../../../../adapters/web/page/words/spanish.ts';
import { idOf, useBrowserPage } from './browser-page.ts';
import { answerRow, conversationView, messageRow, tom } from './fake-api.ts';
import { rightPassword } from './page-server.ts';

const browser = useBrowserPage();
beforeEach(() => fill());

const source = {
	...{ position: 1, title: 'Terms', place: 'Purchasing', date: '2026-09-14', url: 'https://files.example/terms', isOld: true },
	...{ excerpt: 'Fifteen working days.', canShow: true, original: 'Quince días laborables.' },
};
const text =
	'## Times\n\nFifteen days [1], `P-200`.\n\n| Model | Days |\n| --- | --- |\n| P-200 | 15 |\n\n```sql\nselect 1 -- one\n```\n\n> Quoted\n\nWith \\(a_1\\):\n\n$$\\frac{a}{b}$$\n\n- one\n- [two](https://example.com)';

/** Something of everything that the page shows. */
function fill(): void {
	const { world } = browser;
	world.views = Array.from({ length: 60 }, (_, number) => {
		const platform = ['web', 'slack', 'teams', 'discord'][number % 4] ?? 'web';
		const lastSaidAt = new Date(Date.now() - number * 20 * 3_600_000).toISOString();
		const part = { takesQuestions: platform === 'web', isPinned: number === 0, isUnread: number === 2, lastSaidAt };
		return conversationView({ id: idOf(number), title: `Talk ${number}`, platform, ...part });
	});
	const asked = messageRow({ id: idOf(100), status: 'answered' });
	const versions = [idOf(101), idOf(102)].map((id, index) =>
		answerRow({ id, sequence: 2 + index, text, status: 'answered', rating: 'up', inReplyTo: asked.id, sources: [source] }),
	);
	const stopped = answerRow({ id: idOf(104), sequence: 5, text: 'Half', status: 'stopped', finishReason: 'stopped', inReplyTo: idOf(103) });
	world.messages.set(idOf(0), [asked, ...versions, messageRow({ id: idOf(103), sequence: 4, status: 'answered' }), stopped]);
	world.messages.set(idOf(1), [messageRow({ author: { name: 'Ana', isMe: false } }), ...versions.slice(0, 1)]);
	world.models = {
		models: ['small', 'large'].map((name) => ({ name, isStandard: name === 'small' })),
		current: { name: 'small', origin: 'default' },
	};
}

/** @param rules Null for all. */
async function problems(page: Page, view: string, rules: string[] | null): Promise<string[]> {
	await page.evaluate(axe.source);
	const options = JSON.stringify(rules === null ? {} : { runOnly: rules });
	const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${view}: ${id} ${target.join(' ')} ${failureSummary}`),
	);
}

/** Each view, as somebody comes to it. */
function viewsIn(words: typeof english, isNarrow: boolean): [string, (page: Page) => Promise<void>][] {
	const openSide = async (page: Page) => {
		if (isNarrow) await page.getByRole('button', { name: words.list.open }).click();
	};
	return [
		['new', async (page) => await page.getByRole('button', { name: words.prompts[0]?.title ?? '' }).waitFor()],
		[
			'commands',
			async (page) => {
				await page.getByLabel(words.composer.label).fill('/');
				await page.getByRole('option').first().waitFor();
			},
		],
		[
			'conversation',
			async (page) => {
				await page.goto(`${browser.server.address}/c/${idOf(0)}`);
				await page.locator('.hljs-keyword').waitFor();
				await page.locator('.formula math').nth(1).waitFor();
				await page.getByRole('button', { name: words.message.ratings.down }).click();
				await page.getByText(words.feedback.why.down).waitFor();
			},
		],
		[
			'source',
			async (page) => {
				await page.locator('.source').first().click();
				await page.getByRole('complementary').waitFor();
			},
		],
		[
			'of a chat',
			async (page) => {
				await page.goto(`${browser.server.address}/c/${idOf(1)}`);
				await page.getByRole('button', { name: words.talk.goOn }).waitFor();
			},
		],
		[
			'search',
			async (page) => {
				await openSide(page);
				await page.getByLabel(words.list.search).fill('talk 1');
				await page.locator('.excerpt').first().waitFor();
			},
		],
		[
			'menu',
			async (page) => {
				await page.getByLabel(words.list.search).fill('');
				await page.locator('.row-menu').first().click();
				await page.getByRole('menuitem', { name: words.list.rename }).waitFor();
			},
		],
		[
			'settings',
			async (page) => {
				await page.keyboard.press('Escape');
				await page.getByRole('button', { name: words.list.account(tom.name) }).click();
				await page.getByRole('menuitem', { name: words.settings.title }).click();
				await page.locator('meter').first().waitFor();
			},
		],
		[
			'door',
			async (page) => {
				browser.world.isOut = true;
				browser.world.code = '123456';
				await page.goto(browser.server.address);
				await page.getByLabel(words.passwords.name, { exact: true }).fill('tom');
				await page.getByLabel(words.passwords.password, { exact: true }).fill(rightPassword);
				await page.getByRole('button', { name: words.passwords.signIn }).click();
				await page.getByLabel(words.passwords.code).waitFor();
			},
		],
		[
			'password',
			async (page) => {
				await page.goto(`${browser.server.address}/enter#password.${'x'.repeat(43)}`);
				await page.getByRole('button', { name: words.passwords.choose }).waitFor();
			},
		],
	];
}

it.each([
	{ language: 'en', width: 1280 },
	{ language: 'es', width: 320 },
	{ language: 'es', width: 1280 },
	{ language: 'en', width: 320 },
] as const)('has nothing that axe complains of, in any view, light or dark: $language, $width pixels', async ({ language, width }) => {
	browser.world.me = { ...tom, language };
	browser.world.password = { isOwn: true, hasSecondFactor: false, recoveryCodesLeft: 0 };
	const locale = language === 'es' ? 'es-ES' : 'en-GB';
	const page = await browser.open('/', { locale, viewport: { width, height: 700 }, reducedMotion: 'reduce', hasTouch: width === 320 });
	const found: string[] = [];
	for (const [view, come] of viewsIn(language === 'es' ? spanish : english, width === 320)) {
		await come(page);
		await page.emulateMedia({ colorScheme: 'light' });
		found.push(...(await problems(page, view, null)));
		await page.emulateMedia({ colorScheme: 'dark' });
		found.push(...(await problems(page, `${view}, dark`, ['color-contrast'])));
		expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), view).toBe(true);
	}
	expect(found).toEqual([]);
});

it('is gone through by Tab in the order in which it is read, with one stop for the whole list', async () => {
	const page = await browser.open(`/c/${idOf(1)}`);
	await page.getByRole('button', { name: 'Continue here' }).waitFor();
	const stops: string[] = [];
	for (let count = 0; count < 9; count++) {
		await page.keyboard.press('Tab');
		stops.push(
			await page.evaluate<string>(
				'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent ?? document.activeElement.tagName',
			),
		);
	}
	expect(stops).toEqual([
		...['Go to the conversation', 'New conversation', 'Search conversations', 'Talk 1, Slack, personal'],
		...['What to do with “Talk 1”', 'Account of Tom', 'What to do with “Talk 1”', 'Messages', 'Source 1: Terms'],
	]);
});

it('tells a screen reader that an answer has begun, and its text once it is whole', async () => {
	const page = await browser.open();
	await page.getByLabel('Your question').fill('Why?');
	await page.keyboard.press('Enter');
	const log = page.getByRole('log');
	await log.getByText('OpenCCB is answering.').waitFor({ state: 'attached' });
	const [rows = []] = browser.world.messages.values().toArray().slice(-1);
	const row = rows.at(-1);
	if (row === undefined) throw new Error('nothing was asked');
	browser.world.say('answer', { messageId: 'm', answerId: row.id, epoch: 1, from: 0, text: 'Because' });
	await page.locator('.said.of-bot[aria-busy="true"]').getByText('Because').waitFor();
	expect(await log.textContent()).toBe('OpenCCB is answering.');
	browser.world.say('ended', { ...row, text: 'Because it is so.', status: 'answered' });
	await log.getByText('Because it is so.').waitFor({ state: 'attached' });
	expect(await log.getAttribute('aria-live')).toBe('polite');
	await page.locator('.said.of-bot[aria-busy="false"]').waitFor();
});

it('shows what is chosen and current where the system gives the colours', async () => {
	const page = await browser.open(`/c/${idOf(0)}`, { forcedColors: 'active' });
	await page.locator('.conversation-row.current').waitFor();
	const outline = (selector: string) =>
		page
			.locator(selector)
			.first()
			.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineStyle);
	expect(await outline('.conversation-row.current')).toBe('solid');
	expect(await outline('button[aria-pressed="true"]')).toBe('solid');
});
