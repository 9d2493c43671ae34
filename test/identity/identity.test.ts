import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { Database } from '#src/database/database.ts';
import { BotError } from '#src/errors.ts';
import { createIdentities, type Identities } from '#src/identity/identity.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const { signal } = new AbortController();
const away = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });

let opened: TestDatabase;
let database: Database;
let platform: FakePlatform;
let clock: ManualClock;
let identities: Identities;
let ana: Actor;
let lookUps: string[];

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
/** The clock of the tests stands at the beginning of time. */
const meeting = { place, occurredAt: new Date(0).toISOString() };
beforeAll(async () => {
	opened = await openServerDatabase();
	database = opened.database;
});
afterAll(() => opened.close());
beforeEach(() => {
	clock = createManualClock();
	platform = createFakePlatform();
	lookUps = [];
	const { fetchProfile } = platform;
	platform.fetchProfile = async (actor, where, until) => {
		lookUps.push(actor.accountId);
		return await fetchProfile.call(platform, actor, where, until);
	};
	identities = openProcess();
	ana = { tenantId: 'T', accountId: `U${randomUUID()}` };
});

describe('the first contact', () => {
	it('makes a person of the account, an employee', async () => {
		platform.profiles.set(ana.accountId, { displayName: 'Ana', locale: 'es-ES' });
		const person = await resolve();
		expect(person).toEqual({
			userId: expect.any(String),
			role: 'ccb_employee',
			displayName: 'Ana',
			locale: 'es-ES',
			standing: 'member',
		});
		expect(await database.query('select role, display_name from users where id = $1', [person.userId])).toEqual([
			{ role: 'ccb_employee', display_name: 'Ana' },
		]);
	});

	it('makes one person, also when two messages come at once in two processes', async () => {
		const processes = [openProcess(), openProcess(), openProcess()];
		const people = await Promise.all(processes.map((process) => process.resolve(platform, ana, meeting, signal)));
		expect(new Set(people.map(({ userId }) => userId)).size).toBe(1);
		expect(await storedIdentities()).toHaveLength(1);
	});

	it('makes different people of different accounts, tenants and platforms', async () => {
		const elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		const people = [
			await resolve(),
			await identities.resolve(platform, { ...ana, accountId: `${ana.accountId}b` }, meeting, signal),
			await identities.resolve(platform, { ...ana, tenantId: 'other' }, meeting, signal),
			await identities.resolve(elsewhere, ana, meeting, signal),
		];
		expect(new Set(people.map(({ userId }) => userId)).size).toBe(4);
	});

	it.each<[string, Partial<Profile>]>([
		['a guest of the company', { isGuest: true }],
		['somebody of another company', { isExternal: true }],
		['a bot', { isBot: true }],
	])('with %s makes a guest, now and for every process after', async (_name, profile) => {
		platform.profiles.set(ana.accountId, profile);
		expect(await resolve()).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
	});

	it('with a deactivated account is refused, now and by every process after', async () => {
		platform.profiles.set(ana.accountId, { isDeactivated: true });
		expect(await resolve()).toMatchObject({ standing: 'deactivated' });
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ standing: 'deactivated' });
	});

	it('stores a name that Postgres would not take', async () => {
		platform.profiles.set(ana.accountId, { displayName: 'A\0na \ud83d' });
		const { userId } = await resolve();
		expect(await database.query('select display_name from users where id = $1', [userId])).toEqual([{ display_name: 'A\uFFFDna \uFFFD' }]);
	});
});

describe('a profile that cannot be read', () => {
	it('lets nobody in, after three tries', async () => {
		platform.fetchProfile = async (actor) => {
			lookUps.push(actor.accountId);
			throw away;
		};
		await expect(withClock(resolve())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		expect(lookUps).toHaveLength(3);
		expect(await storedIdentities()).toEqual([]);
	});

	it('is no matter when a later try succeeds', async () => {
		failTimes(2, away);
		expect(await withClock(resolve())).toMatchObject({ standing: 'member' });
	});

	it('is not tried again when the platform refuses for good', async () => {
		failTimes(1, new BotError('PLATFORM_REJECTED', 'no such user'));
		await expect(withClock(resolve())).rejects.toMatchObject({ code: 'PLATFORM_REJECTED' });
		expect(lookUps).toEqual([]);
	});

	it('waits as long as the platform asks, but no more than two seconds', async () => {
		failTimes(1, new BotError('PLATFORM_RATE_LIMITED', 'slow', { retryable: true, retryAfterMs: 60_000 }));
		const waits: number[] = [];
		const waiting = { ...clock, wait: async (durationMs: number) => void waits.push(durationMs) };
		const cache = createMemoryCache();
		await createIdentities({ database, cache, clock: waiting, pacers: unpaced }).resolve(platform, ana, meeting, signal);
		expect(waits).toEqual([2_000]);
	});
});

describe('a person who is known', () => {
	it('is not looked up again, neither here nor in another process', async () => {
		await resolve();
		await resolve();
		await openProcess().resolve(platform, ana, meeting, signal);
		expect(lookUps).toHaveLength(1);
	});

	it('is looked up again a quarter of an hour later', async () => {
		await resolve();
		await grow('14 minutes');
		await openProcess().resolve(platform, ana, meeting, signal);
		expect(lookUps).toHaveLength(1);
		await grow('2 minutes');
		platform.profiles.set(ana.accountId, { displayName: 'Ana María', locale: 'es-MX' });
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ displayName: 'Ana María', locale: 'es-MX' });
		expect(lookUps).toHaveLength(2);
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ displayName: 'Ana María' });
		expect(lookUps).toHaveLength(2);
	});

	it('speaks the language that an event told last, also when the profile tells none', async () => {
		platform.profiles.set(ana.accountId, { locale: null });
		expect((await resolve()).locale).toBeNull();
		expect((await identities.resolve(platform, ana, { ...meeting, locale: 'es-ES' }, signal)).locale).toBe('es-ES');
		expect((await resolve()).locale).toBe('es-ES');
		await grow('20 minutes');
		expect((await openProcess().resolve(platform, ana, meeting, signal)).locale).toBe('es-ES');
		expect((await openProcess().resolve(platform, ana, { ...meeting, locale: 'en-GB' }, signal)).locale).toBe('en-GB');
	});

	it('is not asked for where the event tells all there is to know, unless that was long ago', async () => {
		const told = {
			...ana,
			displayName: 'Ana from the event',
			locale: null,
			isBot: false,
			isGuest: true,
			isExternal: false,
			isDeactivated: false,
		};
		const occurredAt = new Date(clock.now() - 30_000).toISOString();
		expect(await identities.resolve(platform, ana, { place, occurredAt, profile: told }, signal)).toMatchObject({
			displayName: 'Ana from the event',
			standing: 'guest',
		});
		expect(lookUps).toEqual([]);
		const other = { ...ana, accountId: `${ana.accountId}b` };
		const longAgo = new Date(clock.now() - 61_000).toISOString();
		await identities.resolve(platform, other, { place, occurredAt: longAgo, profile: { ...told, ...other } }, signal);
		expect(lookUps).toEqual([other.accountId]);
	});

	it('keeps the same id when looked up again', async () => {
		const { userId } = await resolve();
		await grow('20 minutes');
		expect((await openProcess().resolve(platform, ana, meeting, signal)).userId).toBe(userId);
	});

	it('is kept for a minute in the process, so that a change of role shows soon', async () => {
		const { userId } = await resolve();
		await database.query("update users set role = 'ccb_admin' where id = $1", [userId]);
		await clock.advance(59_000);
		expect(await resolve()).toMatchObject({ role: 'ccb_employee' });
		await clock.advance(2_000);
		expect(await resolve()).toMatchObject({ role: 'ccb_admin' });
	});

	it.each<[string, Partial<Profile>, string]>([
		['closed', { isDeactivated: true }, 'deactivated'],
		['made a guest', { isGuest: true }, 'guest'],
		['moved to another company', { isExternal: true }, 'guest'],
	])('is refused within a quarter of an hour after the account was %s', async (_name, profile, standing) => {
		await resolve();
		platform.profiles.set(ana.accountId, profile);
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ standing });
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ standing });
	});

	it('is let in again when the account is open again', async () => {
		await resolve();
		platform.profiles.set(ana.accountId, { isDeactivated: true });
		await grow('16 minutes');
		await openProcess().resolve(platform, ana, meeting, signal);
		platform.profiles.set(ana.accountId, {});
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ standing: 'member', role: 'ccb_employee' });
	});

	it('is refused rather than let in on old data when the platform is away', async () => {
		await resolve();
		await grow('16 minutes');
		failTimes(3, away);
		await expect(withClock(openProcess().resolve(platform, ana, meeting, signal))).rejects.toMatchObject({
			code: 'PLATFORM_UNAVAILABLE',
		});
	});
});

describe('a role', () => {
	it('that was taken away is never raised by what the platform says', async () => {
		const { userId } = await resolve();
		await database.query("update users set role = 'ccb_guest' where id = $1", [userId]);
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		expect(await database.query('select role from users where id = $1', [userId])).toEqual([{ role: 'ccb_guest' }]);
	});

	it('counts as soon as a guest becomes a member', async () => {
		platform.profiles.set(ana.accountId, { isGuest: true });
		expect(await resolve()).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		platform.profiles.set(ana.accountId, { isGuest: false });
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ role: 'ccb_employee', standing: 'member' });
	});

	it('of an admin stays when the profile is read again', async () => {
		const { userId } = await resolve();
		await database.query("update users set role = 'ccb_admin' where id = $1", [userId]);
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ role: 'ccb_admin', standing: 'member' });
	});

	it('of an admin counts for nothing while the account is a guest', async () => {
		const { userId } = await resolve();
		await database.query("update users set role = 'ccb_admin' where id = $1", [userId]);
		platform.profiles.set(ana.accountId, { isGuest: true });
		await grow('16 minutes');
		expect(await openProcess().resolve(platform, ana, meeting, signal)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
	});
});

async function resolve() {
	return await identities.resolve(platform, ana, meeting, signal);
}

/** A process with a cache of its own. */
function openProcess(): Identities {
	return createIdentities({ database, cache: createMemoryCache({ clock: clock.now }), clock, pacers: unpaced });
}

/** As if the profile had been read so much longer ago. */
async function grow(age: string): Promise<void> {
	await database.query(`update identities set refreshed_at = refreshed_at - interval '${age}' where account_id = $1`, [ana.accountId]);
}

async function storedIdentities(): Promise<object[]> {
	return await database.query('select id from identities where account_id = $1', [ana.accountId]);
}

function failTimes(times: number, error: BotError): void {
	const { fetchProfile } = platform;
	let left = times;
	platform.fetchProfile = async (actor, where, until) => {
		if (left-- > 0) throw error;
		return await fetchProfile.call(platform, actor, where, until);
	};
}

/** Moves the clock while something waits. */
async function withClock<Result>(work: Promise<Result>): Promise<Result> {
	let isSettled = false;
	const settle = () => {
		isSettled = true;
	};
	work.then(settle, settle);
	while (!isSettled) await clock.advance(50);
	return await work;
}
