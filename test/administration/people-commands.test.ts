import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownLimits } from '#src/administration/limit-terms.ts';
import { spanish } from '#src/locales/spanish.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { adminReference, type Company, foundCompany, idOf, words } from './company.ts';

const { done, refused } = words;

describe('commands about people', () => {
	let opened: TestDatabase;
	let company: Company;
	beforeEach(async () => {
		opened = await openServerDatabase();
		company = await foundCompany(opened.database);
	});
	afterEach(() => opened.close());

	it('grant and revoke a role, and write down who did it to whom', async () => {
		const { command, enter, user, entries, admin } = company;
		const ana = await enter('slack:T1:UANA');

		expect(await command('grant slack:T1:UANA admin')).toEqual({ outcome: 'done', text: done.granted('Ana (slack:T1:UANA)', 'admin') });
		expect(await user(ana)).toMatchObject({ role: 'ccb_admin' });
		expect((await command('revoke Ana')).text).toBe(done.revoked('Ana (slack:T1:UANA)'));
		expect(await user(ana)).toMatchObject({ role: null });

		const entry = { actor: 'person', actorUserId: admin.userId, outcome: 'done', subjectUserId: ana };
		expect(await entries()).toEqual([
			{ ...entry, action: 'grant', details: { account: 'slack:T1:UANA', role: 'ccb_admin', before: null } },
			{ ...entry, action: 'revoke', details: { account: 'slack:T1:UANA', before: 'ccb_admin' } },
		]);
		expect(await command('revoke Ana')).toEqual({ outcome: 'refused', text: refused.nothingThere });
	});

	it('make the first administrator of an empty database from the console, by an account that was never met', async () => {
		const { command, user, entries, rows } = company;
		const reference = 'slack:T0123:U0123';

		const { text } = await command(`grant ${reference} admin`, 'console');

		expect(text).toBe(`${done.granted(`U0123 (${reference})`, 'admin')}\n${done.entered(reference)}`);
		expect(await user(idOf(reference))).toMatchObject({ role: 'ccb_admin' });
		const entered =
			'select user_id = home_user_id as "isHome", refreshed_at < now() - interval \'1 year\' as "isStale" from identities where account_id = $1';
		expect(await rows(entered, ['U0123'])).toEqual([{ isHome: true, isStale: true }]);
		expect(await entries()).toMatchObject([{ actor: 'console', actorUserId: null, action: 'grant', subjectUserId: idOf(reference) }]);
	});

	it('never take the last administrator away', async () => {
		const { command, user, admin, entries } = company;
		for (const typed of [`revoke ${adminReference}`, `deactivate ${adminReference}`, `grant ${adminReference} employee`]) {
			expect(await command(typed), typed).toEqual({ outcome: 'refused', text: refused.lastAdmin });
		}
		expect(await user(admin.userId)).toMatchObject({ role: 'ccb_admin', isDeactivated: false });
		expect((await entries()).map(({ action, outcome, details }) => [action, outcome, details['reason']])).toEqual([
			['revoke', 'refused', 'last-admin'],
			['deactivate', 'refused', 'last-admin'],
			['grant', 'refused', 'last-admin'],
		]);
	});

	it('leave one of two administrators who remove each other at once', async () => {
		const { command, enter, admin, rows } = company;
		const other = { userId: await enter('slack:T1:UANA', { role: 'ccb_admin' }), role: 'ccb_admin' } as const;

		const answers = await Promise.all([command('revoke slack:T1:UANA', admin), command(`revoke ${adminReference}`, other)]);

		expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
		expect(await rows(`select id from users where role = 'ccb_admin'`)).toHaveLength(1);
	});

	it('cannot do anything to administrators that the configuration names', async () => {
		const { command, enter, listed, user } = company;
		const ana = await enter('slack:T1:UANA', { role: 'ccb_admin' });
		await enter('teams:X:ana', { linkedTo: 'slack:T1:UANA' });
		listed.add('teams:X:ana');
		for (const typed of ['revoke slack:T1:UANA', 'deactivate slack:T1:UANA', 'grant slack:T1:UANA guest']) {
			expect(await command(typed), typed).toEqual({ outcome: 'refused', text: refused.listed('Ana (slack:T1:UANA)') });
		}
		expect(await user(ana)).toMatchObject({ role: 'ccb_admin', isDeactivated: false });
		expect((await command('grant slack:T1:UANA admin')).outcome).toBe('done');
	});

	it('lock somebody out and let them in again', async () => {
		const { command, enter, user, lost } = company;
		const ana = await enter('slack:T1:UANA');
		expect((await command('deactivate Ana')).text).toBe(done.deactivated('Ana (slack:T1:UANA)'));
		expect(await user(ana)).toMatchObject({ isDeactivated: true });
		expect(lost).toEqual([ana]);
		expect((await command('activate Ana')).text).toBe(done.activated('Ana (slack:T1:UANA)'));
		expect(await user(ana)).toMatchObject({ isDeactivated: false });
		expect(await command('activate Ana')).toEqual({ outcome: 'refused', text: refused.nothingThere });
	});

	it('admit and dismiss one account, or all of somebody named by their name', async () => {
		const { command, enter, rows } = company;
		await enter('slack:T1:UANA', { isGuest: true });
		await enter('teams:X:ana', { linkedTo: 'slack:T1:UANA', isExternal: true });
		const admitted = async () =>
			(await rows<{ as: string | null }>(`select admitted_as as "as" from identities where display_name = 'Ana' order by platform`)).map(
				(row) => row.as,
			);

		expect((await command('admit teams:X:ana employee')).text).toBe(done.admitted('Ana (teams:X:ana)', 'employee'));
		expect(await admitted()).toEqual([null, 'ccb_employee']);
		await command('admit Ana employee');
		expect(await admitted()).toEqual(['ccb_employee', 'ccb_employee']);
		await command('dismiss slack:T1:UANA');
		expect(await admitted()).toEqual([null, 'ccb_employee']);
		expect(await command('dismiss slack:T1:UANA')).toEqual({ outcome: 'refused', text: refused.nothingThere });
		expect((await command('admit discord:G1:1234 employee')).text).toContain(done.entered('discord:G1:1234'));
	});

	it('refuse what cannot be with a sentence, and write that down', async () => {
		const { command, enter, entries, rows } = company;
		await enter('slack:T1:UGUEST', { name: 'Gus', isGuest: true });
		const before = await rows('select id, role from users order by id');
		const cases = [
			['grant slack:T1:UGUEST admin', refused.outsider('Gus (slack:T1:UGUEST)')],
			['admit slack:T1:UGUEST admin', refused.adminFromOutside],
			['admit slack:T1:UGUEST guest', refused.guestAdmitted],
			['grant Berta boss', refused.unknownRole('boss', 'guest, employee, admin')],
			["grant Berta ad'min", refused.roleName],
			['grant Berta "adm in"', refused.roleName],
			['grant Berta ädmin', refused.roleName],
			['grant Berta app', refused.roleName],
			['grant Nobody admin', refused.unknownPerson('Nobody')],
			['revoke slack:T1:UNKNOWN', refused.unknownAccount('slack:T1:UNKNOWN')],
			['grant slak:T1:U1 admin', refused.unknownPlatform('slak', 'slack, teams, discord')],
		] as const;
		for (const [typed, sentence] of cases) expect(await command(typed), typed).toEqual({ outcome: 'refused', text: sentence });
		expect((await entries()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
			cases.map(([typed]) => `${typed.split(' ')[0]} refused`),
		);
		expect(await rows('select id, role from users order by id')).toEqual(before);
	});

	it('ask which one is meant when several have the name', async () => {
		const { command, enter } = company;
		await enter('slack:T1:UONE');
		await enter('discord:G1:1', { name: 'ANA' });
		await enter('teams:X:one', { linkedTo: 'slack:T1:UONE', name: 'Ana P' });
		const { outcome, text } = await command('grant ana admin');
		expect(outcome).toBe('refused');
		expect(text.split('\n').slice(1, -1).sort()).toEqual(['• discord:G1:1', '• slack:T1:UONE, teams:X:one']);
		expect((await command('grant "ana p" employee')).outcome).toBe('done');
	});

	it('set limits of one person, each by itself', async () => {
		const { command, enter, user } = company;
		const ana = await enter('slack:T1:UANA');
		await command('limit Ana requests-per-minute 5');
		await command('limit Ana models gemma4:e4b,llama3');
		await command('limit Ana tokens-per-day none');
		expect(await user(ana)).toMatchObject({ limits: { requestsPerMinute: 5, models: ['gemma4:e4b', 'llama3'], tokensPerDay: null } });
		expect((await command('limit slack:T1:UANA requests-per-minute standard')).text).toBe(
			done.limited('Ana (slack:T1:UANA)', 'requests-per-minute', 'standard'),
		);
		expect((await user(ana))?.limits).toEqual({ models: ['gemma4:e4b', 'llama3'], tokensPerDay: null });
	});

	it('tell who somebody is', async () => {
		const { command, enter, listed } = company;
		const { person } = words;
		const who = async (typed: string) => (await command(`who ${typed}`)).text.split('\n');
		await enter('slack:T1:UANA');
		await enter('teams:X:ana', { linkedTo: 'slack:T1:UANA' });
		const accounts = person.accounts('slack:T1:UANA; teams:X:ana');

		expect(await who('Ana')).toEqual(['Ana', accounts, person.usual, person.noLimits]);
		await command('map teams:X:group admin');
		expect(await who('teams:X:ana')).toEqual(['Ana', accounts, person.byGroups, person.noLimits]);
		await command('grant Ana employee');
		await command('limit Ana upload-bytes 1000');
		expect(await who('Ana')).toEqual(['Ana', accounts, person.granted('employee'), person.limits(shownLimits({ uploadBytes: 1_000 }))]);
		await command('deactivate Ana');
		expect((await who('Ana'))[2]).toBe(person.deactivated(new Date().toISOString().slice(0, 10)));
		listed.add('slack:T1:UANA');
		expect(await who('Ana')).toContain(person.listed);
	});

	it('tell who is let in from outside', async () => {
		const { command, enter } = company;
		const { person } = words;
		await enter('slack:T1:UGUEST', { name: 'Gus', isGuest: true });
		const accounts = async () => (await command('who Gus')).text.split('\n')[1];
		expect(await accounts()).toBe(person.accounts(`slack:T1:UGUEST (${person.guest}, ${person.notLetIn})`));
		await command('admit guests slack:T1 employee');
		expect(await accounts()).toBe(person.accounts(`slack:T1:UGUEST (${person.guest}, ${person.letIn('employee')})`));
		await enter('slack:T1:UGONE', { name: 'Gone', isDeactivated: true });
		expect((await command('who Gone')).text).toContain(person.closedSomewhere);
	});

	it('speak the language of who gives them', async () => {
		const { command, admin } = company;
		expect((await command('who nadie', admin, spanish)).text).toBe(spanish.administration.refused.unknownPerson('nadie'));
	});

	it('are refused by the database for whoever is no administrator any more', async () => {
		const { command, enter, user } = company;
		const employee = { userId: await enter('slack:T1:UANA'), role: 'ccb_employee' } as const;
		await expect(command('grant slack:T1:UANA admin', employee)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(await user(employee.userId)).toMatchObject({ role: null });
	});
});
