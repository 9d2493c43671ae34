/** Accounts with a password, in the hands of administrators: they get links, and the log has no secret of them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminForm, fillAdminForm } from '#src/administration/admin-forms.ts';
import { english } from '#src/locales/english.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const address = 'https://bot.example.com/enter#password.secret';

describe('commands about accounts with a password', () => {
	let opened: TestDatabase;
	let company: Company;
	const added: string[][] = [];
	beforeAll(async () => {
		opened = await openServerDatabase();
		company = await foundCompany(opened.database, {
			...noBooks,
			accounts: {
				async add(...account) {
					added.push(account);
					return account[0] === 'taken' ? null : address;
				},
				reset: async (name) => (name === 'lucia' ? address : null),
				dropSecondFactor: async (name) => name === 'lucia',
			},
		});
	});
	afterAll(() => opened.close());

	it('make one, give its link, and say how it becomes an administrator’s', async () => {
		const { outcome, text } = await company.command('account add Lucia "Lucía Gil"');
		expect(outcome).toBe('done');
		expect(text).toContain(address);
		expect(text).toContain('grant web:local:lucia admin');
		expect(await company.command('account add lucas')).toMatchObject({ outcome: 'done' });
		expect(added).toEqual([
			['lucia', 'Lucía Gil'],
			['lucas', 'lucas'],
		]);
		expect(await company.command('account add taken')).toEqual({ outcome: 'refused', text: words.account.taken('taken') });
	});

	it('give another link, and take a second factor away', async () => {
		expect((await company.command('account reset lucia')).text).toContain(address);
		expect(await company.command('account reset nobody')).toMatchObject({ outcome: 'refused' });
		expect(await company.command('account factor lucia')).toEqual({ outcome: 'done', text: words.account.factorDropped('lucia') });
		expect(await company.command('account factor nobody')).toMatchObject({ outcome: 'refused' });
	});

	it.each(['a', 'Lucía', 'two words', '-x', 'x'.repeat(65), 'web:local:lucia'])('refuse the name %j', async (name) => {
		expect(await company.command(`account add "${name}"`)).toEqual({ outcome: 'refused', text: words.account.name });
	});

	it('are written down without a link, and give one to nobody else', async () => {
		const entries = await company.entries();
		expect(entries.filter(({ outcome }) => outcome === 'done').map(({ action }) => action)).toEqual([
			...['account-add', 'account-add', 'account-reset', 'account-factor'],
		]);
		expect(JSON.stringify(entries)).not.toContain('secret');
		const open = await company.administration.run('account reset lucia', {
			...{ actor: { kind: 'person', asker: company.admin } as const, isOpen: true },
			words: english,
		});
		expect(open).toMatchObject({ outcome: 'refused', result: [english.command.directOnly] });
	});

	it('say how they are switched on where they are not', async () => {
		const without = await openServerDatabase();
		const { command } = await foundCompany(without.database);
		expect(await command('account add lucia')).toEqual({ outcome: 'refused', text: words.account.off });
		await without.close();
	});

	it('have a form, in which the full name may be left out', () => {
		expect(adminForm('account add', words)?.fields.map(({ name, mayBeLeftOut }) => [name, mayBeLeftOut])).toEqual([
			['name', false],
			['fullName', true],
		]);
		expect(fillAdminForm('account add', { name: 'lucia', fullName: 'Lucía Gil' }, words)).toEqual({ text: 'account add lucia Lucía Gil' });
	});
});
