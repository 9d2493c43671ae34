import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createIdentities } from '#src/identity/identity.ts';
import type { Profile } from '#src/platform/chat-platform.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { away, meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();

describe('the first contact', () => {
	it('makes a person of the account, an employee', async () => {
		world.platform.profiles.set(world.ana.accountId, { displayName: 'Ana', locale: 'es-ES' });
		const person = await world.resolve();
		expect(person).toEqual({
			userId: expect.any(String),
			identityId: expect.any(String),
			role: 'ccb_employee',
			displayName: 'Ana',
			locale: 'es-ES',
			standing: 'member',
			limits: {},
		});
		expect(await world.asRegistrar('select role, display_name from users where id = $1', [person.userId])).toEqual([
			{ role: null, display_name: 'Ana' },
		]);
	});

	it('makes one person, also when two messages come at once in two processes', async () => {
		const processes = [world.openProcess(), world.openProcess(), world.openProcess()];
		const people = await Promise.all(processes.map((process) => process.resolve(world.platform, world.ana, meeting, signal)));
		expect(new Set(people.map(({ userId }) => userId)).size).toBe(1);
		expect(await world.storedIdentities()).toHaveLength(1);
	});

	it('makes different people of different accounts, tenants and platforms', async () => {
		const elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		const people = [
			await world.resolve(),
			await world.identities.resolve(world.platform, { ...world.ana, accountId: `${world.ana.accountId}b` }, meeting, signal),
			await world.identities.resolve(world.platform, { ...world.ana, tenantId: 'other' }, meeting, signal),
			await world.identities.resolve(elsewhere, world.ana, meeting, signal),
		];
		expect(new Set(people.map(({ userId }) => userId)).size).toBe(4);
	});

	it.each<[string, Partial<Profile>]>([
		['a guest of the company', { isGuest: true }],
		['somebody of another company', { isExternal: true }],
		['a bot', { isBot: true }],
	])('with %s makes a guest, now and for every process after', async (_name, profile) => {
		world.platform.profiles.set(world.ana.accountId, profile);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_guest',
			standing: 'guest',
		});
	});

	it('with a deactivated account is refused, now and by every process after', async () => {
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect(await world.resolve()).toMatchObject({ standing: 'deactivated' });
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing: 'deactivated' });
	});

	it('stores a name that Postgres would not take', async () => {
		world.platform.profiles.set(world.ana.accountId, { displayName: 'A\0na \ud83d' });
		const { userId } = await world.resolve();
		expect(await world.asRegistrar('select display_name from users where id = $1', [userId])).toEqual([
			{ display_name: 'A\uFFFDna \uFFFD' },
		]);
	});
});

describe('a profile that cannot be read', () => {
	it('lets nobody in, after three tries', async () => {
		world.platform.fetchProfile = async (actor) => {
			world.lookUps.push(actor.accountId);
			throw away;
		};
		await expect(world.withClock(world.resolve())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		expect(world.lookUps).toHaveLength(3);
		expect(await world.storedIdentities()).toEqual([]);
	});

	it('is no matter when a later try succeeds', async () => {
		world.failTimes(2, away);
		expect(await world.withClock(world.resolve())).toMatchObject({ standing: 'member' });
	});

	it('is not tried again when the platform refuses for good', async () => {
		world.failTimes(1, new BotError('PLATFORM_REJECTED', 'no such user'));
		await expect(world.withClock(world.resolve())).rejects.toMatchObject({ code: 'PLATFORM_REJECTED' });
		expect(world.lookUps).toEqual([]);
	});

	it('waits as long as the platform asks, but no more than two seconds', async () => {
		world.failTimes(1, new BotError('PLATFORM_RATE_LIMITED', 'slow', { retryable: true, retryAfterMs: 60_000 }));
		const waits: number[] = [];
		const waiting = { ...world.clock, wait: async (durationMs: number) => void waits.push(durationMs) };
		await createIdentities({ database: world.database, clock: waiting, pacers: unpaced, admins: [] }).resolve(
			world.platform,
			world.ana,
			meeting,
			signal,
		);
		expect(waits).toEqual([2_000]);
	});
});

describe('a person who is known', () => {
	it('is not looked up again, neither here nor in another process', async () => {
		await world.resolve();
		await world.resolve();
		await world.openProcess().resolve(world.platform, world.ana, meeting, signal);
		expect(world.lookUps).toHaveLength(1);
	});

	it('is looked up again a quarter of an hour later', async () => {
		await world.resolve();
		await world.grow('14 minutes');
		await world.openProcess().resolve(world.platform, world.ana, meeting, signal);
		expect(world.lookUps).toHaveLength(1);
		await world.grow('2 minutes');
		world.platform.profiles.set(world.ana.accountId, { displayName: 'Ana María', locale: 'es-MX' });
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			displayName: 'Ana María',
			locale: 'es-MX',
		});
		expect(world.lookUps).toHaveLength(2);
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ displayName: 'Ana María' });
		expect(world.lookUps).toHaveLength(2);
	});

	it('speaks the language that an event told last, also when the profile tells none', async () => {
		world.platform.profiles.set(world.ana.accountId, { locale: null });
		expect((await world.resolve()).locale).toBeNull();
		expect((await world.identities.resolve(world.platform, world.ana, { ...meeting, locale: 'es-ES' }, signal)).locale).toBe('es-ES');
		expect((await world.resolve()).locale).toBe('es-ES');
		await world.grow('20 minutes');
		expect((await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).locale).toBe('es-ES');
		expect((await world.openProcess().resolve(world.platform, world.ana, { ...meeting, locale: 'en-GB' }, signal)).locale).toBe('en-GB');
	});

	it('lives in the time zone that the event tells, else in that of the profile, else in none that is known', async () => {
		expect(await world.resolve()).not.toHaveProperty('timeZone');
		await world.grow('20 minutes');
		world.platform.profiles.set(world.ana.accountId, { timeZone: 'Europe/Madrid' });
		expect(await world.resolve()).toMatchObject({ timeZone: 'Europe/Madrid' });
		const travelling = { ...meeting, timeZone: 'Asia/Tokyo' };
		expect(await world.identities.resolve(world.platform, world.ana, travelling, signal)).toMatchObject({ timeZone: 'Asia/Tokyo' });
		expect(await world.resolve()).toMatchObject({ timeZone: 'Europe/Madrid' });
	});

	it('keeps the same id when looked up again', async () => {
		const { userId } = await world.resolve();
		await world.grow('20 minutes');
		expect((await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).userId).toBe(userId);
	});

	it('has the role that the database gives now', async () => {
		const { userId } = await world.resolve();
		await world.asRegistrar("update users set role = 'ccb_admin' where id = $1", [userId]);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_admin' });
	});

	it.each<[string, Partial<Profile>, string]>([
		['closed', { isDeactivated: true }, 'deactivated'],
		['made a guest', { isGuest: true }, 'guest'],
		['moved to another company', { isExternal: true }, 'guest'],
	])('is refused within a quarter of an hour after the account was %s', async (_name, profile, standing) => {
		await world.resolve();
		world.platform.profiles.set(world.ana.accountId, profile);
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing });
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing });
	});

	it('is let in again when the account is open again', async () => {
		await world.resolve();
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		await world.grow('16 minutes');
		await world.openProcess().resolve(world.platform, world.ana, meeting, signal);
		world.platform.profiles.set(world.ana.accountId, {});
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			standing: 'member',
			role: 'ccb_employee',
		});
	});

	it('is refused rather than let in on old data when the platform is away', async () => {
		await world.resolve();
		await world.grow('16 minutes');
		world.failTimes(3, away);
		await expect(world.withClock(world.openProcess().resolve(world.platform, world.ana, meeting, signal))).rejects.toMatchObject({
			code: 'PLATFORM_UNAVAILABLE',
		});
	});
});
