/** Slack, Teams and Discord side by side in a real browser: the same bot, the same people, each platform in its own way. */

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { paneOf, platforms, speakAs } from './playground-pane.ts';
import { leave, type Playground, pullPlug, startPlayground } from './playground-process.ts';

let playground: Playground;
let page: Page;

beforeAll(async () => {
	playground = await startPlayground(inject('chromiumPath'), { isFirst: false });
});

afterAll(() => playground.close());

beforeEach(async () => {
	page = await playground.open('en-GB');
});

afterEach((context) => leave(page, context, playground));

const panes = () => platforms.map((platform) => paneOf(page, platform));
const pane = (platform: (typeof platforms)[number]) => paneOf(page, platform);

test('one question for all three is answered on each, with its times', async () => {
	await page.locator('.ask-all input').fill('what is a purchase order?');
	await page.locator('.ask-all input').press('Enter');
	for (const { answeredWhole, answer, root } of panes()) {
		await answeredWhole();
		expect(await answer().innerText()).toContain('You asked: “what is a purchase order?”');
		expect(await root.locator('.speed').innerText()).toMatch(/first text .*s.*whole .*s/s);
	}
	// Whoever listens to the page hears whole answers, and where they came.
	expect(await page.getByRole('log').innerText()).toMatch(/^OpenCCB, (Slack|Microsoft Teams|Discord): [\s\S]*to go on\./);
	await page.locator('.panel-button').click();
	for (const name of ['Slack', 'Microsoft Teams', 'Discord'])
		await page
			.locator('.lag', { hasText: `${name} · #` })
			.first()
			.waitFor();
});

test('each platform draws the answer in its own way', async () => {
	await page.locator('.ask-all input').fill('show a table');
	await page.locator('.ask-all input').press('Enter');
	for (const { answeredWhole } of panes()) await answeredWhole();
	// Slack has tables; elsewhere they are drawn with letters.
	expect(await pane('slack').answer().locator('table').count()).toBe(1);
	for (const platform of ['teams', 'discord'] as const) expect(await pane(platform).answer().locator('.code-block').count()).toBe(2);
	await pane('teams').answer().getByText('AI generated').waitFor();
	expect(await pane('discord').answer().locator('.reference').innerText()).toBe('Tom Baker @OpenCCB show a table');
});

describe.each(platforms)('in the pane of %s', (platform) => {
	test('a thumb can be pressed, and the bot takes it', async () => {
		await pane(platform).goTo('ventas');
		await pane(platform).say(`@OpenCCB rate me on ${platform}`);
		await pane(platform).answeredWhole();
		const thumb = pane(platform).answer().locator('.thumb').first();
		await thumb.click();
		await expect.poll(async () => await thumb.getAttribute('aria-pressed')).toBe('true');
		// Teams thanks by itself.
		if (platform !== 'teams')
			await pane(platform).root.locator('.message.private').getByText('Thank you, noted.').first().waitFor({ state: 'attached' });
		expect(await page.locator('.problem').count()).toBe(0);
	});

	test('Stop ends an answer while it is being written', async () => {
		await pane(platform).goTo('OpenCCB');
		await pane(platform).say(`Tell me about the history of ${platform} lamps`);
		await pane(platform).answer().locator('.streaming').waitFor();
		await pane(platform).root.getByRole('button', { name: 'Stop' }).last().click();
		// A stream that was stopped in Teams takes nothing more, not even that word.
		if (platform === 'teams') await pane(platform).root.locator('.streaming').waitFor({ state: 'detached' });
		else await pane(platform).answer().getByText('Stopped.').waitFor();
		expect(await pane(platform).answer().getByText('Write again in this thread').count()).toBe(0);
	});

	test('a link that was copied is read, and its source leads back to the message', async () => {
		const { goTo, root, say, answer } = pane(platform);
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await goTo('ventas');
		const message = root.locator('.message', { hasText: 'anticipo del 30' }).first();
		await message.hover();
		await message.getByRole('button', { name: 'Copy link' }).click();
		await message.getByRole('button', { name: 'Link copied' }).waitFor();
		await goTo('OpenCCB');
		await say(`What does ${await page.evaluate<string>('navigator.clipboard.readText()')} say?`);
		await answer().locator('.thumb').first().waitFor();
		expect(await answer().innerText()).toMatch(/That message says: “[^”]*anticipo del 30.*\[1\]/s);
		if (platform === 'discord') await answer().getByLabel('Show passage…').selectOption('1');
		else await answer().getByRole('button', { name: 'Show passage [1]' }).click();
		const shown = root.locator('.message', { has: page.locator('blockquote'), hasText: 'Message of Ana Ruiz' }).last();
		await shown.locator('blockquote', { hasText: 'anticipo del 30' }).waitFor();
		await answer().getByRole('link', { name: 'Ana Ruiz' }).click();
		expect(await root.locator('.message.pointed').innerText()).toContain('anticipo del 30');
		expect(await root.locator('.places button[aria-current]').innerText()).toBe('ventas');
	});

	test('a command is answered to the person alone, in their language', async () => {
		await speakAs(page, 'Lucía Ferrer');
		await pane(platform).goTo('general');
		await pane(platform).say(platform === 'teams' ? '/estado' : '/ccb estado');
		await pane(platform).root.locator('.message.private.from-bot', { hasText: 'Solo visible para ti' }).first().waitFor();
		await speakAs(page, 'Ana Ruiz');
		expect(await pane(platform).root.locator('.message.private').count()).toBe(0);
	});
});

test('what another app reports and a colleague asks is seen on all three, and the bot answers about what is passed on', async () => {
	for (const { goTo } of panes()) await goTo('engineering');
	await page.locator('.panel-button').click();
	await page.getByRole('button', { name: 'Another app reports' }).click();
	await page.getByRole('button', { name: 'A colleague starts a poll' }).click();
	for (const { root } of panes()) await root.locator('.message', { hasText: 'Christmas dinner' }).getByText('Friday 18').waitFor();
	await page.getByRole('button', { name: 'Hide the panel' }).click();
	for (const { root } of panes()) {
		const alert = root.locator('.message', { hasText: 'spindle too hot' }).last();
		expect(await alert.locator('header').innerText()).toContain('Machine Monitor');
		await alert.getByRole('button', { name: 'Forward' }).press('Enter');
		await page.keyboard.press('Enter');
	}
	for (const { answeredWhole, answer, root } of panes()) {
		await root.locator('.forwarded', { hasText: '82 °C for ten minutes' }).waitFor();
		await answeredWhole();
		expect(await answer().innerText()).toContain('You asked: “Milling machine 3: spindle too hot 82 °C for ten minutes');
		expect(await root.locator('.places button[aria-current]').innerText()).toBe('OpenCCB');
	}
	await pane('teams').answer().getByRole('button', { name: 'Reply' }).press('Enter');
	await pane('teams').say('What should we do?');
	expect(await pane('teams').root.locator('.message.mine .reference').innerText()).toMatch(/^OpenCCB About your question/);
	await pane('teams').answer().getByText('You asked: “What should we do?”').waitFor();
	await pane('teams').answeredWhole();
}, 90_000);

test('pulling the plug in the middle of three answers loses none', async () => {
	await page.locator('.ask-all input').fill('explain the plug test');
	// One may be whole before the others begin, so the watch begins before the question.
	const begun = panes().map(({ answer }) => answer().locator('.streaming').waitFor());
	await page.locator('.ask-all input').press('Enter');
	await Promise.all(begun);
	await page.locator('.panel-button').click();
	await pullPlug(page);
	for (const { answeredWhole, answer } of panes()) {
		await answeredWhole();
		expect(await answer().innerText()).toContain('explain the plug test');
	}
});

test('the same person is at home on all three', async () => {
	await speakAs(page, 'Lucía Ferrer');
	for (const { root } of panes()) {
		await root.getByRole('heading', { name: 'Canales' }).waitFor();
		await root.locator('.places button', { hasText: 'finanzas' }).waitFor();
	}
	await speakAs(page, 'Marco Conti');
	for (const { root } of panes()) expect(await root.locator('.places button').allInnerTexts()).toEqual(['engineering', 'OpenCCB']);
});

test('somebody from outside is told no, and nobody else hears it', async () => {
	const no = 'I only answer members of this company';
	for (const outsider of ['Marco Conti', 'Jonas Weber']) {
		await speakAs(page, outsider);
		for (const { say, privately } of [pane('slack'), pane('teams')]) {
			await say(`@OpenCCB this is ${outsider}`);
			await privately(no).waitFor();
		}
		// Where Discord lets them read only, they write to the bot itself.
		await pane('discord').root.getByText('You can read here.').waitFor();
		await pane('discord').goTo('OpenCCB');
		await pane('discord').say('Hello');
		await pane('discord').answer().getByText(no).waitFor();
	}
	await speakAs(page, 'Tom Baker');
	for (const { goTo, root } of [pane('slack'), pane('teams')]) {
		await goTo('engineering');
		await root.getByText('this is Marco Conti').waitFor();
	}
	expect(await page.getByText(no).count()).toBe(0);
});

test('the administrator gets the list of orders, and an employee is told who may have it', async () => {
	const orders = { slack: '/ccb admin', discord: '/ccb-admin admin', teams: '@OpenCCB admin' } as const;
	await speakAs(page, 'Ana Ruiz');
	for (const platform of platforms) {
		await pane(platform).goTo('general');
		await pane(platform).say(orders[platform]);
		await pane(platform).privately('grant').waitFor();
	}
	await speakAs(page, 'Lucía Ferrer');
	for (const platform of platforms) expect(await pane(platform).privately('grant').count()).toBe(0);
	for (const platform of ['slack', 'teams'] as const) {
		await pane(platform).say(orders[platform]);
		await pane(platform).privately('administradores de este bot').waitFor();
	}
	// In a server Discord offers them to its own administrators alone.
	await pane('discord').say(orders.discord);
	await pane('discord').root.getByText('/ccb-admin admin no es un comando').waitFor();
	await pane('discord').goTo('OpenCCB');
	await pane('discord').say(orders.discord);
	await pane('discord').privately('administradores de este bot').waitFor();
});

test('a code from Slack makes the account on Discord the same person', async () => {
	await speakAs(page, 'Priya Nair');
	await pane('slack').goTo('OpenCCB');
	await pane('slack').say('link');
	const [code] = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await pane('slack').answer().getByText('Your code').innerText()) ?? [];
	await pane('discord').say(`/ccb link code: ${code}`);
	await pane('discord').privately('linked with Priya Nair').waitFor();
});

test('a file goes along with what is said', async () => {
	for (const { goTo, root, say } of panes()) {
		await goTo('OpenCCB');
		await root
			.locator('.composer input[type="file"]')
			.first()
			.setInputFiles({ name: 'prices.txt', mimeType: 'text/plain', buffer: Buffer.from('Wall light: 86 euros') });
		await root.locator('.attached', { hasText: 'prices.txt' }).waitFor();
		await say('Here are the prices');
		await root.locator('.message.mine .file', { hasText: 'prices.txt' }).waitFor();
	}
});

test('a document of the company is shared, told of, and answers with its page', async () => {
	const dropped = await page.evaluateHandle(`(() => {
		const files = new DataTransfer();
		files.items.add(new File(['The siren of the oven means that its door is open.'], 'siren.txt', { type: 'text/plain' }));
		return files;
	})()`);
	for (const { goTo, root, say } of panes()) {
		await goTo('OpenCCB');
		await root.locator('.samples').getByRole('button', { name: 'Milling-machine-3.pdf' }).click();
		await root.locator('.attached', { hasText: 'Milling-machine-3.pdf' }).waitFor();
		await say('');
		await root.locator('.message-list').dispatchEvent('drop', { dataTransfer: dropped });
		await root.locator('.attached', { hasText: 'siren.txt' }).waitFor();
		await say('');
	}
	for (const { root, answer } of panes()) {
		for (const told of ['Milling-machine-3.pdf: indexed: 2 passages', 'siren.txt: indexed: 1 passage'])
			await root.locator('.message.from-bot').getByText(told).first().waitFor();
		await root.locator('.samples').getByRole('button', { name: 'What do I do when the spindle' }).click();
		await answer().getByText('leave the coolant running for 15 minutes.” [1]').waitFor();
		await answer().locator('.thumb').first().waitFor();
		if ((await answer().locator('.citations').count()) > 0) await answer().locator('.citations summary').click();
		await answer().getByText('page 2 ·').first().waitFor();
	}
});

test('a narrow window shows one platform at a time, and the arrow keys change it', async () => {
	await page.setViewportSize({ width: 800, height: 700 });
	await page.getByRole('tab', { name: 'Slack' }).focus();
	await page.keyboard.press('ArrowRight');
	await expect.poll(async () => await page.getByRole('tab', { name: 'Microsoft Teams' }).getAttribute('aria-selected')).toBe('true');
	await expect.poll(async () => await pane('teams').root.isVisible()).toBe(true);
	await expect.poll(async () => await pane('slack').root.isVisible()).toBe(false);
	await page.setViewportSize({ width: 390, height: 800 });
	await pane('teams').goTo('engineering');
	await pane('teams').root.getByText('Milling machine 3 stopped').waitFor();
	await page.setViewportSize({ width: 1440, height: 900 });
	await pane('slack').root.waitFor();
	await expect.poll(async () => await page.getByRole('tab').count()).toBe(0);
});
