/** Accounts on several platforms that become one person's, and apart again. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/database/database.ts';
import { createPrivateNotices } from '#src/history/private-notices.ts';
import { createConversationStore } from '#src/history/store.ts';
import { createIdentities, type Identities } from '#src/identity/identity.ts';
import { createLinks, type Links } from '#src/identity/links.ts';
import type { Person } from '#src/identity/person.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { isTypedCode } from '#src/identity/typed-code.ts';
import { openCounters } from '#src/limits/counters.ts';
import type { AllLimits } from '#src/limits/limit-values.ts';
import { createLimits, type Limits } from '#src/limits/limits.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const { signal } = new AbortController();
const usual: AllLimits = {
	...{ requestsPerMinute: 20, tokensPerDay: 100, repliesInFlight: 2, messageCharacters: 1_000, uploadBytes: 1_000, uploadsPerDay: 5 },
	...{ models: null, tools: null },
};

describe.each(testDatabases())('links on $name', ({ open }) => {
	let opened: TestDatabase;
	let database: Database;
	let identities: Identities;
	let links: Links;
	let limits: Limits;
	let slack: FakePlatform;
	let teams: FakePlatform;
	let onSlack: Person;
	let onTeams: Person;
	let account: string;

	beforeAll(async () => {
		opened = await open();
		database = opened.database;
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		const clock = createManualClock();
		identities = createIdentities({ database, clock, pacers: unpaced, admins: [] });
		limits = createLimits({ counters: openCounters({ url: null }), standard: () => usual, observeRefusal: () => {} });
		links = createLinks({ database, limits });
		slack = Object.assign(createFakePlatform(), { name: 'slack' });
		teams = Object.assign(createFakePlatform(), { name: 'teams' });
		account = `U${randomUUID()}`;
		onSlack = await meet(slack);
		onTeams = await meet(teams);
	});

	async function meet(platform: FakePlatform, accountId = account): Promise<Person> {
		const actor = { tenantId: 'T', accountId };
		return await identities.resolve(platform, actor, { place: newPlace() }, signal);
	}

	async function link(): Promise<void> {
		expect(await links.redeem(onTeams, await links.issue(onSlack))).toMatchObject({ linked: true });
	}

	async function asRegistrar<Row extends object>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
		return await database.asRegistrar(({ query }) => query<Row>(sql, parameters));
	}

	async function readable(person: Person): Promise<string[]> {
		const rows = await database.asUser(person, ({ query }) =>
			query<{ content: string }>(`select content from messages where role = 'user' order by content`),
		);
		return rows.map(({ content }) => content);
	}

	it('make two accounts one person, at once', async () => {
		expect(onSlack.userId).not.toBe(onTeams.userId);
		await link();
		expect(await meet(teams)).toMatchObject({ userId: onSlack.userId, identityId: onTeams.identityId });
		expect(await meet(slack)).toMatchObject({ userId: onSlack.userId });
	});

	it('are taken apart at once, from either account', async () => {
		await link();
		expect(await links.unlink(await meet(teams))).toBe(1);
		expect(await meet(teams)).toMatchObject(onTeams);
		await link();
		expect(await links.unlink(await meet(slack))).toBe(1);
		expect(await meet(teams)).toMatchObject(onTeams);
		expect(await links.unlink(await meet(slack))).toBe(0);
	});

	it('bring along what was said with an account, and take it away again', async () => {
		const [slackPlace, teamsPlace] = [newPlace({ platform: 'slack' }), newPlace({ platform: 'teams' })];
		await say(database, onSlack, questionIn(slackPlace, '1', 'on slack'));
		const conversation = conversationIdOf(teamsPlace);
		await say(database, onTeams, questionIn(teamsPlace, '1', 'on teams before'));
		const notices = createPrivateNotices(database);
		const notice = { id: randomUUID(), text: 'For you alone.' };
		await notices.keep(onTeams.userId, conversation, notice);
		await link();
		const linked = await meet(teams);
		await say(database, linked, questionIn(teamsPlace, '2', 'on teams while linked'));
		expect(await readable(linked)).toEqual(['on slack', 'on teams before', 'on teams while linked']);
		expect(await readable(onTeams)).toEqual([]);
		expect([await notices.of(onTeams, conversation), await notices.of(linked, conversation)]).toEqual([[], [notice]]);
		const store = createConversationStore(database);
		expect(await store.editQuestion(linked, teamsPlace, '1', { text: 'on teams edited' })).not.toBeNull();
		await links.unlink(linked);
		const [slackAgain, teamsAgain] = [await meet(slack), await meet(teams)];
		expect(await readable(slackAgain)).toEqual(['on slack']);
		expect(await readable(teamsAgain)).toEqual(['on teams edited', 'on teams while linked']);
	});

	it('come of a code that looks the same however it is typed', async () => {
		const code = await links.issue(onSlack);
		expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
		expect(isTypedCode(code)).toBe(true);
		expect(await links.redeem(onTeams, ` ${code.toLowerCase().replace('-', '')} `)).toMatchObject({ linked: true });
	});

	it('are audited, as is every refusal', async () => {
		await link();
		await links.redeem(await meet(teams), 'AAAA-AAAA');
		await links.unlink(await meet(teams));
		const admin = { userId: randomUUID(), role: 'ccb_admin' } as const;
		const entries = await database.asUser(admin, ({ query }) =>
			query<{ action: string; outcome: string }>(
				'select action, outcome from audit_log where subject_user_id = any ($1) order by sequence',
				[[onSlack.userId, onTeams.userId]],
			),
		);
		expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
			'link-code done',
			'link done',
			'link refused',
			'unlink done',
		]);
	});

	describe('shed nothing', () => {
		const allowed = async (person: Person) => (await limits.quota(person)).allowed;
		const used = async (person: Person) => (await limits.quota(person)).used.tokensPerDay.used;
		const limit = async (person: Person, values: object) =>
			await asRegistrar('update users set limits = $2 where id = $1', person.userId, values);
		const grant = async (person: Person, role: string | null) =>
			await asRegistrar('update users set role = $2 where id = $1', person.userId, role);

		it('of a personal limit: the stricter one goes along, in both directions and along chains', async () => {
			await limit(onTeams, { tokensPerDay: 10, models: ['a', 'b'] });
			await limit(onSlack, { tokensPerDay: 1_000, requestsPerMinute: 5, models: ['b', 'c'] });
			await link();
			const both = { tokensPerDay: 10, requestsPerMinute: 5, models: ['b'], uploadsPerDay: 5 };
			for (const platform of [slack, teams]) expect(await allowed(await meet(platform))).toMatchObject(both);
			await links.unlink(await meet(slack));
			for (const platform of [slack, teams]) expect(await allowed(await meet(platform))).toMatchObject(both);
			const discord = Object.assign(createFakePlatform(), { name: 'discord' });
			expect(await links.redeem(await meet(teams), await links.issue(await meet(discord)))).toMatchObject({ linked: true });
			for (const platform of [discord, teams]) expect(await allowed(await meet(platform))).toMatchObject(both);
		});

		it('and win nothing: a generous limit stays where it was given', async () => {
			await limit(onTeams, { tokensPerDay: 1_000, uploadsPerDay: null });
			await link();
			for (const platform of [slack, teams])
				expect(await allowed(await meet(platform))).toMatchObject({ tokensPerDay: 100, uploadsPerDay: 5 });
			await limit(onSlack, { tokensPerDay: 1_000 });
			await links.unlink(await meet(slack));
			expect(await allowed(await meet(slack))).toMatchObject({ tokensPerDay: 1_000 });
		});

		it('of a limit that an administrator set while they were linked', async () => {
			await link();
			await limit(onSlack, { tokensPerDay: 10 });
			expect(await links.unlink(await meet(teams))).toBe(1);
			expect(await allowed(await meet(teams))).toMatchObject({ tokensPerDay: 10 });
		});

		it('of a granted role of the lowest rank, by linking and by taking apart again', async () => {
			const code = await links.issue(onSlack);
			await grant(onTeams, 'ccb_guest');
			expect(await links.redeem(onTeams, code)).toMatchObject({ linked: true });
			for (const platform of [slack, teams]) expect(await meet(platform)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
			await links.unlink(await meet(slack));
			for (const platform of [slack, teams]) expect(await meet(platform)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		});

		it('of a role that an administrator pinned instead of that of the groups', async () => {
			await grant(onTeams, 'ccb_employee');
			await link();
			expect(await asRegistrar('select role from users where id = any ($1) order by role', [onSlack.userId, onTeams.userId])).toEqual([
				{ role: 'ccb_employee' },
				{ role: null },
			]);
		});

		it('and keep no role that was granted to the other account', async () => {
			await grant(onSlack, 'ccb_admin');
			await link();
			expect(await meet(teams)).toMatchObject({ role: 'ccb_admin' });
			await links.unlink(await meet(teams));
			expect(await meet(teams)).toMatchObject({ role: 'ccb_employee' });
		});

		it('of a lock that came while the accounts were taken apart', async () => {
			await link();
			const linked = await meet(teams);
			await asRegistrar('update users set deactivated_at = now() where id = $1', onSlack.userId);
			await links.unlink(linked);
			expect(await meet(teams)).toMatchObject({ standing: 'deactivated' });
		});

		it('of what was used: linked accounts have one quota a day, also when they are taken apart and linked again', async () => {
			await limits.charge(onTeams, 40);
			await limits.charge(onSlack, 30);
			await link();
			expect(await used(await meet(teams))).toBe(70);
			await links.unlink(await meet(teams));
			await limits.charge(await meet(teams), 20);
			for (const platform of [slack, teams]) expect(await used(await meet(platform))).toBe(90);
			expect(await links.redeem(await meet(teams), await links.issue(await meet(slack)))).toMatchObject({ linked: true });
			for (const platform of [slack, teams]) expect(await used(await meet(platform))).toBe(90);
			await links.unlink(await meet(slack));
			await asRegistrar(`update users set counts_as_until = now() where id = $1`, onTeams.userId);
			expect(await used(await meet(slack))).toBe(90);
			expect(await used(await meet(teams))).toBe(40);
		});

		it('of wrong codes', async () => {
			for (let count = 1; count <= 4; count++) await links.redeem(onTeams, 'AAAA-AAAA');
			await link();
			await links.unlink(await meet(teams));
			expect(await links.redeem(await meet(teams), 'AAAA-AAAA')).toMatchObject({ refusal: 'unknown' });
			expect(await links.redeem(await meet(teams), 'AAAA-AAAA')).toMatchObject({ refusal: 'locked' });
		});
	});

	describe('are refused', () => {
		it('for a code that was never made', async () => {
			expect(await links.redeem(onTeams, 'AAAA-AAAA')).toMatchObject({ linked: false, refusal: 'unknown' });
		});

		it('for a code that was used', async () => {
			const code = await links.issue(onSlack);
			await links.redeem(onTeams, code);
			const other = await meet(teams, `${account}b`);
			expect(await links.redeem(other, code)).toMatchObject({ refusal: 'used' });
		});

		it('for a code that somebody else uses at the same moment', async () => {
			const code = await links.issue(onSlack);
			const others = await Promise.all([meet(teams), meet(teams, `${account}b`), meet(teams, `${account}c`)]);
			const results = await Promise.all(others.map((other) => links.redeem(other, code)));
			expect(results.filter(({ linked }) => linked)).toHaveLength(1);
		});

		it('for a code that has run out', async () => {
			const code = await links.issue(onSlack);
			await asRegistrar('update link_codes set expires_at = now() where user_id = $1', onSlack.userId);
			expect(await links.redeem(onTeams, code)).toMatchObject({ refusal: 'expired' });
		});

		it('for a code whose place a newer one took', async () => {
			const code = await links.issue(onSlack);
			await links.issue(onSlack);
			expect(await links.redeem(onTeams, code)).toMatchObject({ refusal: 'unknown' });
		});

		it('where the code was made', async () => {
			expect(await links.redeem(onSlack, await links.issue(onSlack))).toMatchObject({ refusal: 'own' });
		});

		it('for another person of the same workspace, and the code is worth nothing any more', async () => {
			const code = await links.issue(onSlack);
			expect(await links.redeem(await meet(slack, `${account}b`), code)).toMatchObject({ refusal: 'other-person' });
			expect(await links.redeem(onTeams, code)).toMatchObject({ refusal: 'used' });
			expect((await meet(slack, `${account}b`)).userId).not.toBe(onSlack.userId);
		});

		it('for an account that was granted more, so that nobody is talked out of their rights', async () => {
			const admin = await meet(teams, `${account}admin`);
			await asRegistrar("update users set role = 'ccb_admin' where id = $1", admin.userId);
			expect(await links.redeem(admin, await links.issue(onSlack))).toMatchObject({ refusal: 'more-rights' });
			expect(await links.redeem(onSlack, await links.issue(admin))).toMatchObject({ linked: true });
			expect(await meet(slack)).toMatchObject({ userId: admin.userId, role: 'ccb_admin' });
		});

		it('for an account that was granted less than the other, until an administrator says which role counts', async () => {
			await asRegistrar("update users set role = 'ccb_guest' where id = $1", onTeams.userId);
			await asRegistrar("update users set role = 'ccb_employee' where id = $1", onSlack.userId);
			expect(await links.redeem(onTeams, await links.issue(onSlack))).toMatchObject({ refusal: 'two-roles' });
			expect(await meet(teams)).toMatchObject({ userId: onTeams.userId, role: 'ccb_guest' });
		});

		it('by no wrong codes of more than an hour ago', async () => {
			for (let count = 1; count <= 4; count++) await links.redeem(onTeams, 'AAAA-AAAA');
			await asRegistrar("update link_attempts set counted_from = now() - interval '61 minutes' where user_id = $1", onTeams.userId);
			for (let count = 1; count <= 4; count++) await links.redeem(onTeams, 'AAAA-AAAA');
			expect(await links.redeem(onTeams, await links.issue(onSlack))).toMatchObject({ linked: true });
		});

		it('for an hour after five wrong codes, and no right code helps', async () => {
			for (let count = 1; count <= 5; count++) expect(await links.redeem(onTeams, 'AAAA-AAAA')).toMatchObject({ refusal: 'unknown' });
			const code = await links.issue(onSlack);
			expect(await links.redeem(onTeams, code)).toEqual({ linked: false, refusal: 'locked', waitMinutes: 60 });
			await asRegistrar("update link_attempts set locked_until = now() + interval '59 minutes' where user_id = $1", onTeams.userId);
			expect(await links.redeem(onTeams, code)).toMatchObject({ refusal: 'locked', waitMinutes: 59 });
			await asRegistrar('update link_attempts set locked_until = now() where user_id = $1', onTeams.userId);
			expect(await links.redeem(onTeams, 'AAAA-AAAA')).toMatchObject({ refusal: 'unknown' });
			expect(await links.redeem(onTeams, code)).toMatchObject({ linked: true });
		});
	});
});
