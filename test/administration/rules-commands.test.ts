import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminCommands } from '#src/administration/admin-commands.ts';
import { helpTopics } from '#src/administration/commands/help.ts';
import { limitTerms } from '#src/administration/limit-terms.ts';
import { fitting } from '#src/commands/presenter.ts';
import type { Principal } from '#src/database/transaction.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { resultText } from '#src/platform/result-text.ts';
import { asSuperuser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { adminReference, type Company, foundCompany, words } from './company.ts';

const { done, refused } = words;

describe('commands about roles and tenants', () => {
	let opened: TestDatabase;
	let company: Company;
	beforeEach(async () => {
		opened = await openServerDatabase();
		company = await foundCompany(opened.database);
	});
	afterEach(() => opened.close());

	it('make a role that somebody can have and act in, and drop it when nobody has it', async () => {
		const { command, enter, rows, entries } = company;
		// Roles belong to the whole server, on which other tests make theirs.
		const role = `team_${opened.settings.url?.slice(-12)}`;
		const ana = await enter('slack:T1:UANA');

		expect((await command(`role create ${role} rank 50`)).text).toBe(done.roleCreated(role, 50));
		await command(`grant Ana ${role}`);
		const asker: Principal = { userId: ana, role: `ccb_${role}` };
		const own = await opened.database.asUser(asker, ({ query }) => query('select id, current_user::text as role from users'));
		expect(own).toEqual([{ id: ana, role: `ccb_${role}` }]);

		expect(await command(`role create ${role}`)).toEqual({ outcome: 'refused', text: refused.roleExists(role) });
		await command(`map slack:T1:S1 ${role}`);
		expect(await command(`role drop ${role}`)).toEqual({ outcome: 'refused', text: refused.roleInUse(role, 1, 1) });
		await command('revoke Ana');
		await command('unmap slack:T1:S1');
		expect((await command(`role drop ${role}`)).text).toBe(done.roleDropped(role));
		expect(await rows('select from pg_roles where rolname = $1', [`ccb_${role}`])).toEqual([]);
		expect(await command(`role drop ${role}`)).toMatchObject({
			outcome: 'refused',
			text: refused.unknownRole(role, 'guest, employee, admin'),
		});

		expect((await entries()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
			'role-create done',
			'grant done',
			'role-create refused',
			'map done',
			'role-drop refused',
			'revoke done',
			'unmap done',
			'role-drop done',
			'role-drop refused',
		]);
	});

	it('refuse names that no role can have, and build no statement from them', async () => {
		const { command, rows } = company;
		const before = await rows('select rolname from pg_roles where rolname not like $1 order by 1', ['ccb_team_%']);
		const names = ["x'; drop table users; --", '"x"', 'data team', 'röle', 'a'.repeat(60), 'app', 'registrar', 'pg_monitor"', '1st'];
		for (const role of names) expect(await command(`role create ${role}`), role).toEqual({ outcome: 'refused', text: refused.roleName });
		expect(await command('role create admin')).toEqual({ outcome: 'refused', text: refused.roleExists('admin') });
		expect(await command('role drop employee')).toEqual({ outcome: 'refused', text: refused.roleBuiltIn('employee') });
		expect(await command('role create x rank 1000')).toEqual({ outcome: 'refused', text: refused.rank });
		expect(await rows('select name from roles order by rank')).toHaveLength(3);
		expect(await rows('select rolname from pg_roles where rolname not like $1 order by 1', ['ccb_team_%'])).toEqual(before);
	});

	it('let groups stand for roles, and outsiders in, and list all of it', async () => {
		const { command, rows } = company;
		expect((await command('map discord:G1:99 admin')).text).toBe(done.mapped('discord:G1:99', 'admin'));
		await command('map discord:G1:99 employee');
		expect((await command('admit guests slack:T1 employee')).text).toBe(done.guestsAdmitted('slack:T1', 'employee'));
		expect((await command('admit strangers slack:T1 employee')).text).toBe(done.strangersAdmitted('slack:T1', 'employee'));
		expect((await command('match slack:T1 example.com')).text).toBe(done.matched('slack:T1', 'example.com'));
		await command('limit employee requests-per-minute 30');

		const { mappings, tenants, guests, strangers, matching } = words.roles;
		expect((await command('roles')).text.split('\n')).toEqual([
			'• guest: rank 0, given to 0 people',
			'• employee: rank 100, given to 0 people, limits requests-per-minute 30',
			'• admin: rank 1000, given to 1 person',
			mappings,
			'• discord:G1:99: employee',
			tenants,
			`• ${guests('slack:T1', 'employee')}`,
			`• ${strangers('slack:T1', 'employee')}`,
			`• ${matching('slack:T1', 'example.com')}`,
		]);

		expect((await command('dismiss guests slack:T1')).text).toBe(done.guestsDismissed('slack:T1'));
		expect((await command('dismiss strangers slack:T1')).text).toBe(done.strangersDismissed('slack:T1'));
		expect((await command('match slack:T1 off')).text).toBe(done.unmatched('slack:T1'));
		expect(await rows('select guests_as, strangers_as, email_domains from tenants')).toEqual([
			{ guests_as: null, strangers_as: null, email_domains: [] },
		]);
		for (const typed of ['dismiss guests slack:T1', 'dismiss strangers teams:X', 'unmap slack:T1:S1']) {
			expect(await command(typed), typed).toEqual({ outcome: 'refused', text: refused.nothingThere });
		}
		expect((await command('match web:T1 example.com')).text).toBe(refused.unknownPlatform('web', 'slack, teams, discord'));
		expect((await command('admit guests slack:T1 admin')).text).toBe(refused.adminFromOutside);
	});

	it('show the log, the newest first, refusals among it and looking not', async () => {
		const { command, enter } = company;
		expect((await command('log')).text).toBe(words.log.empty);
		await enter('slack:T1:UANA');
		await command('grant Ana employee', 'console');
		await command(`revoke ${adminReference}`);
		await command('roles');
		const lines = (await command('log 5')).text.split('\n').map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'TIME'));
		expect(lines).toEqual([
			`• TIME Berta: revoke ${words.log.refused} (person ${adminReference}; reason last-admin)`,
			`• TIME ${words.log.console}: grant (Ana; role employee; account slack:T1:UANA)`,
		]);
	});

	it.each([english, spanish])('say by topic all that can be commanded, each in less than any platform takes at once', async (language) => {
		const { command } = company;
		const texts: string[] = [];
		for (const topic of ['', ...Object.keys(helpTopics)]) texts.push((await command(`help ${topic}`, undefined, language)).text);
		expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(2_000);
		const { help: _help, ...usages } = language.administration.usage;
		for (const said of [...Object.values(usages), ...limitTerms]) expect(texts.join('\n')).toContain(said);
	});

	it('say which orders there are, and how one goes that cannot be read', async () => {
		const { command, entries } = company;
		const { outcome, text } = await command('');
		expect(outcome).toBe('done');
		expect(Object.values(helpTopics).flat().toSorted()).toEqual(
			adminCommands.flatMap(({ name }) => (name === 'help' ? [] : [name])).toSorted(),
		);
		for (const name of Object.values(helpTopics).flat()) expect(text).toContain(name.replace('-', ' '));
		expect((await command('help dance')).text).toBe(words.misread(words.usage.help));
		expect((await command('grant')).text).toBe(words.misread(words.usage.grant));
		expect((await command('dance')).text).toContain(words.unknownCommand);
		expect((await command('limit Ana wishes 3')).text).toBe(words.limitNames(limitTerms.join(', ')));
		expect(await entries()).toEqual([]);
	});

	it('cut an answer that is too long, and say so', async () => {
		const { administration, command, admin } = company;
		for (let group = 0; group < 30; group++) await command(`map slack:T1:S${group} employee`);
		const actor = { kind: 'person', asker: admin } as const;
		const { result } = await administration.run('roles', { actor, words: english });
		const text = resultText(fitting(result, { words: english, characters: 400 }));
		expect(text.length).toBeLessThanOrEqual(400);
		expect(text.split('\n').at(-1)).toBe(english.command.cut(text.split('\n').length - 1, 34));
	});
});

it('a role that the server has already with other rights is not taken over', async () => {
	await using opened = await openServerDatabase();
	const { command, rows } = await foundCompany(opened.database);
	const role = `team_${opened.settings.url?.slice(-12)}`;
	await asSuperuser(`create role ccb_${role} login`);
	try {
		expect(await command(`role create ${role}`)).toEqual({ outcome: 'refused', text: refused.roleTaken(role) });
		expect(await rows('select name from roles where name = $1', [`ccb_${role}`])).toEqual([]);
	} finally {
		await asSuperuser(`drop role ccb_${role}`);
	}
});
