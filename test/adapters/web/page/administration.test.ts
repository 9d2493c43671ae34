/** The rooms of administrators in a browser: what each shows and orders, what axe finds in them, and that nobody else comes in. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { orderRooms } from '../../../../adapters/web/page/admin/order-forms.ts';
import { useBrowserPage } from './browser-page.ts';
import { tom } from './fake-api.ts';

const browser = useBrowserPage();
const berta = { ...tom, name: 'Berta', role: 'admin', isAdministrator: true };
const orders = () =>
	browser.world.calls.filter((call) => call.includes('/admin/orders')).map((call) => JSON.parse(call.slice(call.indexOf('{'))).order);
const room = (page: Page) => page.locator('.room-body');

it('is not there for whoever is no administrator, nor asked for', async () => {
	const page = await browser.open('/admin/people');
	await page.getByText('There is no such page.').waitFor();
	await page.getByRole('button', { name: 'Account of Tom' }).click();
	await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
	expect(await page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
	expect(browser.world.calls).toEqual([]);
});

it('leads there from the account, gives a role, locks, and looks somebody up, in the words of the chat', async () => {
	browser.world.me = berta;
	const page = await browser.open();
	await page.getByRole('button', { name: 'Account of Berta' }).click();
	await page.getByRole('menuitem', { name: 'Administration' }).click();
	await page.getByLabel('Role of Tom').selectOption('employee');
	await room(page).getByText('Carried out: admin grant slack:T:Tom employee').waitFor();
	await page.getByLabel('Role of Tom').selectOption('by groups, or the usual one');
	await room(page).getByText('Carried out: admin revoke slack:T:Tom').waitFor();
	await page.getByRole('button', { name: 'Lock Tom' }).click();
	await page.getByRole('button', { name: 'Unlock Marco' }).click();
	await room(page).getByText('Carried out: admin activate slack:T:Marco').waitFor();
	await page.getByLabel('Search: a name or an account').fill('marc');
	await page.getByRole('button', { name: 'Details of Tom' }).waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Details of Marco' }).click();
	await room(page).getByText('Carried out: admin who slack:T:Marco').waitFor();
	expect(orders()).toContain('admin deactivate slack:T:Tom');
	await page.getByRole('link', { name: 'New conversation' }).click();
	await page.getByText('Hello, Berta').waitFor();
});

it('makes a test case of a wrong answer, and says what the program says where it refuses', async () => {
	browser.world.me = berta;
	const page = await browser.open('/admin/feedback');
	const form = page.getByRole('form', { name: 'Make it a test case' });
	await form.getByLabel('Number of the case').fill('12');
	await form.getByLabel('Words that the answer should have').fill('24 "days"');
	await form.getByRole('button', { name: 'Do it' }).click();
	await form.getByText(`Carried out: admin feedback accept 12 with "24 'days'"`).waitFor();
	browser.world.failure = { status: 403, code: 'FORBIDDEN', message: 'Sign in anew first.' };
	await form.getByRole('button', { name: 'Do it' }).click();
	await form.getByText('Sign in anew first.').waitFor();
});

it('shows usage as charts with tables, and of health what to do', async () => {
	browser.world.me = berta;
	const page = await browser.open('/admin/usage');
	await page.getByRole('img', { name: 'Questions a day: a chart, at most 20' }).waitFor();
	await page.locator('details summary').first().click();
	await page.getByRole('cell', { name: '9,000' }).first().waitFor();
	await page.getByRole('link', { name: 'Health' }).click();
	await page.getByText('Start Ollama.').waitFor();
	expect(new URL(page.url()).pathname).toBe('/admin/health');
	await page.goBack();
	await page.getByRole('img', { name: 'Questions a day: a chart, at most 20' }).waitFor();
});

it('shows what the hosts have and what is being installed, unloads, installs, and says which role may use what', async () => {
	const { world } = browser;
	world.me = berta;
	world.standing.offered = [...world.standing.offered, 'bge-m3'];
	const page = await browser.open('/admin/models');
	await room(page).getByText('6.2 GB, 5.9 GB of it on graphics cards').first().waitFor();
	await room(page).getByText('This host does not say what it has (connection-failed).').waitFor();
	await page.getByRole('button', { name: 'Use by default: bge-m3:latest' }).click();
	await room(page).getByText('Carried out: admin models default bge-m3:latest').waitFor();
	await page.getByRole('button', { name: 'Unload qwen3:8b' }).click();
	await room(page).getByText('Carried out: admin models unload qwen3:8b').waitFor();
	const bytes = { done: 1, total: 4 };
	const running = { model: 'gemma4:26b', state: 'running', host: 'http://gpu-1:11434', step: 'pulling', bytes, code: null } as const;
	world.answerTo = () => {
		world.standing = { ...world.standing, running: [running] };
		return ['It begins.'];
	};
	await page.getByLabel('Its name, as in the library of Ollama: qwen3:8b').fill('gemma4:26b');
	await page.getByRole('button', { name: 'Install' }).click();
	await page.getByRole('progressbar', { name: 'How far gemma4:26b is' }).waitFor();
	await room(page).getByText('25 % · http://gpu-1:11434: pulling').waitFor();
	// Nothing is pressed: the room looks by itself.
	world.standing = { ...world.standing, running: [], lastEnded: { model: 'gemma4:26b', reason: 'disk-full' } };
	await room(page).getByText('gemma4:26b could not be installed (disk-full).').waitFor();
	await page.getByLabel('Models of employee').selectOption('only these');
	expect(await page.getByRole('button', { name: 'Save for employee' }).isDisabled()).toBe(true);
	await page.locator('.setting', { hasText: 'Models of employee' }).getByRole('checkbox', { name: 'gemma4:26b' }).check();
	await page.getByRole('button', { name: 'Save for employee' }).click();
	await page.getByLabel('Models of buyers').selectOption('all');
	await page.getByRole('button', { name: 'Save for buyers' }).click();
	await expect
		.poll(orders)
		.toEqual([
			'admin models default bge-m3:latest',
			'admin models unload qwen3:8b',
			'admin models pull gemma4:26b',
			'admin limit employee models gemma4:26b',
			'admin limit buyers models none',
		]);
});

it('finds a channel, decides for it and for all of its workspace, and shows what holds by whose word', async () => {
	browser.world.me = berta;
	const page = await browser.open('/admin/channels');
	await page.getByLabel('Search: the id of a channel or a workspace').fill('sales');
	await page.getByRole('button', { name: 'Settings of C0GENERAL' }).waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Settings of C0SALES' }).click();
	await page.getByRole('heading', { name: 'What holds in Slack · T0123 · C0SALES' }).waitFor();
	const setting = (name: string) => page.locator('.setting', { hasText: name });
	const mode = setting('What the bot answers');
	await mode.getByRole('combobox').selectOption('what mentions it');
	await mode.getByRole('button').click();
	await mode.getByText('Carried out: channel mode mention').waitFor();
	const quiet = setting('When it is quiet');
	await quiet.getByRole('combobox').selectOption('as I say…');
	await quiet.getByRole('textbox').fill('22:00-07:00  Europe/Madrid');
	await quiet.getByRole('textbox').press('Enter');
	await quiet.getByText('Carried out: channel quiet 22:00-07:00 Europe/Madrid').waitFor();
	await page.getByText('all channels of its workspace').click();
	await mode.getByRole('combobox').selectOption('nothing');
	await mode.getByRole('button').click();
	await mode.getByText('Carried out: channel mode off everywhere').waitFor();
	await page.getByText('this channel', { exact: true }).click();
	await mode.getByRole('combobox').selectOption('as in all channels: nothing');
	await mode.getByRole('button').click();
	await mode.getByText('Carried out: channel mode default').waitFor();
	await page.getByRole('button', { name: 'All channels' }).click();
	await page.getByRole('row', { name: 'C0SALES' }).getByText('What the bot answers · When it is quiet').waitFor();
});

it('has an order for every form, of its own room', () => {
	const written = Object.values(orderRooms).flatMap(({ forms }) =>
		forms.map((form) => form.write({ case: '1', who: 'Ana "P"', found: 'a "name"', why: 'a reason', order: 'queue' })),
	);
	expect(written).toContain('admin feedback accept 1 nothing');
	expect(written).toContain('audit "Ana P" a reason');
	expect(written).toContain('admin audit find "a \'name\'" a reason');
	expect(new Set(written).size).toBe(written.length);
});

it.each([
	{ language: 'en', width: 1280 },
	{ language: 'es', width: 320 },
] as const)('has nothing that axe complains of in any room, light or dark: $language, $width pixels', async ({ language, width }) => {
	browser.world.me = { ...berta, language };
	const page = await browser.open('/admin/people', { viewport: { width, height: 700 }, reducedMotion: 'reduce', hasTouch: width === 320 });
	const pull = { state: 'running', host: 'http://gpu-1:11434', step: 'pulling', bytes: { done: 1, total: 4 }, code: null } as const;
	browser.world.standing.running = [{ ...pull, model: 'gemma4:26b' }];
	const found: string[] = [];
	for (const name of ['people', 'usage', 'health', 'models', 'channels', 'channels: one', ...Object.keys(orderRooms)]) {
		await page.goto(`${browser.server.address}/admin/${name.split(':')[0]}`);
		await room(page).locator('table, dl, svg').first().waitFor();
		if (name === 'channels: one') await room(page).getByRole('button').first().click();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.evaluate(axe.source);
			const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document)');
			found.push(
				...violations.flatMap(({ id, nodes }) =>
					nodes.map(({ target, failureSummary }) => `${name}: ${id} ${target.join(' ')} ${failureSummary}`),
				),
			);
		}
		expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true);
	}
	expect(found).toEqual([]);
});
