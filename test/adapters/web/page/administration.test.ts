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

it('has an order for every form, of its own room', () => {
	const written = Object.values(orderRooms).flatMap(({ forms }) =>
		forms.map((form) => form.write({ case: '1', who: 'Ana "P"', why: 'a reason', order: 'queue' })),
	);
	expect(written).toContain('admin feedback accept 1 nothing');
	expect(written).toContain('audit "Ana P" a reason');
	expect(new Set(written).size).toBe(written.length);
});

it.each([
	{ language: 'en', width: 1280 },
	{ language: 'es', width: 320 },
] as const)('has nothing that axe complains of in any room, light or dark: $language, $width pixels', async ({ language, width }) => {
	browser.world.me = { ...berta, language };
	const page = await browser.open('/admin/people', { viewport: { width, height: 700 }, reducedMotion: 'reduce', hasTouch: width === 320 });
	const found: string[] = [];
	for (const name of ['people', 'usage', 'health', ...Object.keys(orderRooms)]) {
		await page.goto(`${browser.server.address}/admin/${name}`);
		await room(page).locator('table, dl, svg').first().waitFor();
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
