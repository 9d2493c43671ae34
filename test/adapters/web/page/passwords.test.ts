/** Signing in with a password on the page, choosing one by a link, and setting up a second factor. */

import { expect, it } from 'vitest';
import { useBrowserPage } from './browser-page.ts';
import { rightPassword } from './page-server.ts';

const browser = useBrowserPage();

it('signs in with a name, a password and the code that is asked for then, and says what is wrong', async () => {
	Object.assign(browser.world, { isOut: true, code: '123456' });
	const page = await browser.open();
	await page.getByLabel('Name', { exact: true }).fill('tom');
	await page.getByLabel('Password', { exact: true }).fill('something else');
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText('do not belong together').waitFor();
	await page.getByLabel('Password', { exact: true }).fill(rightPassword);
	await page.keyboard.press('Enter');
	await page.getByLabel('Code of the second factor').waitFor();
	await expect.poll(() => page.evaluate('document.activeElement.autocomplete')).toBe('one-time-code');
	await page.keyboard.type('123456');
	await page.keyboard.press('Enter');
	await page.getByLabel('Your question').waitFor();
	expect(browser.complaints).toEqual([]);
});

it('lets one choose a password by a link, whose secret leaves the address, and sign in then', async () => {
	browser.world.isOut = true;
	const page = await browser.open(`/enter#password.${'x'.repeat(43)}`);
	await page.getByText('You sign in as “tom”').waitFor();
	expect(new URL(page.url()).hash).toBe('');
	await page.getByLabel('New password').fill('short');
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText('15 characters').waitFor();
	await page.getByLabel('New password').fill(rightPassword);
	expect(await page.getByLabel('New password').getAttribute('type')).toBe('password');
	await page.getByLabel('Show it').check();
	expect(await page.getByLabel('New password').getAttribute('type')).toBe('text');
	await page.getByRole('button', { name: 'Choose a password' }).click();
	await page.getByText('The password is chosen').waitFor();
	await page.getByRole('button', { name: 'Sign in with the password' }).waitFor();
});

it('sets up a second factor in the settings, and shows its recovery codes once', async () => {
	browser.world.password = { isOwn: true, hasSecondFactor: false, recoveryCodesLeft: 0 };
	const page = await browser.open();
	await page.getByRole('button', { name: 'Account of Tom' }).click();
	await page.getByRole('menuitem', { name: 'Settings' }).click();
	const settings = page.getByRole('region', { name: 'Password' });
	await settings.getByLabel('Your password now').last().fill(rightPassword);
	await settings.getByRole('button', { name: 'Set up a second factor' }).click();
	await settings.getByText('GEZDGNBVGY3TQOJQ').waitFor();
	await settings.getByLabel('Code of the second factor').fill('123456');
	await settings.getByRole('button', { name: 'Switch it on' }).click();
	await settings.getByText('FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK').waitFor();
	await settings.getByText('2 recovery codes are left').waitFor();
	expect(browser.world.calls).toContain(`POST /second-factor {"password":"${rightPassword}"}`);
});
