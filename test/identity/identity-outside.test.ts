/** People from outside, people without an id, and accounts that the platform closes. */

import { describe, expect, it } from 'vitest';
import type { Profile } from '#src/platform/chat-platform.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { away, meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();

describe('somebody from outside', () => {
	it.each<[string, Partial<Profile>, string]>([
		['a guest', { isGuest: true }, 'guests_as'],
		['somebody of another company', { isExternal: true }, 'strangers_as'],
	])('who is %s is let in where an administrator admits them, and not as anything else', async (_who, profile, column) => {
		const tenant = await world.tenantOfItsOwn();
		world.platform.profiles.set(world.ana.accountId, profile);
		expect(await world.resolve()).toMatchObject({ standing: 'guest' });
		await world.asAdmin(`insert into tenants (platform, tenant_id, ${column}) values ('fake', $1, 'ccb_employee')`, [tenant]);
		await world.asAdmin(`update users set role = 'ccb_admin' where id = $1`, [(await world.resolve()).userId]);
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_employee',
			standing: 'member',
		});
	});

	it('can be let in alone', async () => {
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		const { identityId } = await world.resolve();
		await world.asAdmin(`update identities set admitted_as = 'ccb_employee' where id = $1`, [identityId]);
		expect(await world.identities.mayAsk({ platform: 'fake', ...world.ana })).toBe(true);
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_employee',
			standing: 'member',
		});
	});

	it.each<[string, Partial<Profile>]>([
		['another tenant', { tenantId: 'elsewhere' }],
		['another account', { accountId: 'somebody else' }],
	])('is who the platform tells of %s than the one that was met', async (_case, profile) => {
		world.platform.profiles.set(world.ana.accountId, profile);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
	});

	it.each([
		['an account', { tenantId: 'T', accountId: '' }],
		['a tenant', { tenantId: '', accountId: 'U1' }],
	])('is who comes without the id of %s, and nothing is written down', async (_case, actor) => {
		const before = await world.asRegistrar('select id from users');
		expect(await world.identities.resolve(world.platform, actor, meeting, signal)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		expect(world.lookUps).toEqual([]);
		expect(await world.asRegistrar('select id from users')).toEqual(before);
	});
});

describe('what the platform tells of an account unasked', () => {
	const profileOf = (given: Partial<Profile>): Profile => ({
		...world.ana,
		displayName: 'Ana',
		locale: 'es-ES',
		isBot: false,
		isGuest: false,
		isExternal: false,
		isDeactivated: false,
		...given,
	});

	const narrowings: [string, Partial<Profile>, string][] = [
		['closed', { isDeactivated: true }, 'deactivated'],
		['made a guest', { isGuest: true }, 'guest'],
		['moved to another company', { isExternal: true }, 'guest'],
		['made a bot', { isBot: true }, 'guest'],
	];

	it.each(narrowings)('counts at once where it takes away: an account that was %s', async (_what, given, standing) => {
		const account = { platform: 'fake', ...world.ana };
		expect(await world.identities.mayAsk(account)).toBe(false);
		const { userId } = await world.resolve();
		expect(await world.identities.mayAsk(account)).toBe(true);
		world.platform.profiles.set(world.ana.accountId, given);
		expect(await world.identities.take('fake', profileOf(given))).toBe(userId);
		expect(await world.identities.mayAsk(account)).toBe(false);
		expect(await world.resolve()).toMatchObject({ userId, standing });
		world.failTimes(3, away);
		await world.identities.take('fake', profileOf(given));
		await expect(world.withClock(world.resolve())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});

	it.each(narrowings)(
		'gives nothing: an account that was %s stays so, however late or often an older word comes',
		async (_what, given, standing) => {
			await world.resolve();
			const older = profileOf({ displayName: 'before', email: 'ana@example.com' });
			world.platform.profiles.set(world.ana.accountId, given);
			await world.identities.take('fake', profileOf(given));
			expect(await world.identities.take('fake', older)).toBeNull();
			expect(await world.resolve()).toMatchObject({ standing });
			expect(await world.identities.take('fake', older)).toBeNull();
			expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing });
		},
	);

	it('makes the bot ask: an account that is open again is so from its next message on', async () => {
		const { userId } = await world.resolve();
		await world.identities.take('fake', profileOf({ isDeactivated: true }));
		await world.identities.take('fake', profileOf({}));
		expect(world.lookUps).toHaveLength(1);
		expect(await world.resolve()).toMatchObject({ userId, standing: 'member' });
		expect(world.lookUps).toHaveLength(2);
	});

	it('is not undone by an answer of the platform that was asked for before', async () => {
		await world.resolve();
		await world.grow('16 minutes');
		const process = world.openProcess();
		const late = world.holdProfile({});
		const resolving = process.resolve(world.platform, world.ana, meeting, signal);
		await late.asked;
		await world.identities.take('fake', profileOf({ isDeactivated: true }));
		late.answer();
		expect(await resolving).toMatchObject({ standing: 'deactivated' });
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect(await process.resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing: 'deactivated' });
	});

	it('is not undone by the first answer about somebody who was not met before', async () => {
		const late = world.holdProfile({});
		const resolving = world.resolve();
		await late.asked;
		await world.openProcess().take('fake', profileOf({ isDeactivated: true }));
		late.answer();
		expect(await resolving).toMatchObject({ standing: 'guest' });
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect(await world.resolve()).toMatchObject({ standing: 'deactivated' });
	});

	it('takes away the access of the whole person, on every platform', async () => {
		const elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		const { userId } = await world.resolve();
		const other = await world.identities.resolve(elsewhere, world.ana, meeting, signal);
		await world.asRegistrar('update identities set user_id = $1 where id = $2', [userId, other.identityId]);
		expect(await world.identities.resolve(elsewhere, world.ana, meeting, signal)).toMatchObject({ userId, standing: 'member' });
		await world.identities.take('fake', profileOf({ isDeactivated: true }));
		expect(await world.identities.resolve(elsewhere, world.ana, meeting, signal)).toMatchObject({ userId, standing: 'deactivated' });
	});

	it('does not make anybody known', async () => {
		expect(await world.identities.take('fake', profileOf({}))).toBeNull();
		expect(await world.storedIdentities()).toEqual([]);
	});
});

describe('what an event tells of who did it', () => {
	const eventOf = (ageMs: number, given: Partial<Profile> = {}) => ({
		...meeting,
		occurredAt: new Date(world.clock.now() - ageMs).toISOString(),
		profile: { ...nobodySpecial, ...world.ana, ...given },
	});
	const nobodySpecial = { displayName: 'Ana', locale: null, isBot: false, isGuest: false, isExternal: false, isDeactivated: false };
	const meet = async (ageMs: number, given?: Partial<Profile>) =>
		await world.identities.resolve(world.platform, world.ana, eventOf(ageMs, given), signal);

	it('need not be asked for, at first contact and later', async () => {
		expect(await meet(30_000)).toMatchObject({ displayName: 'Ana', standing: 'member' });
		await world.grow('16 minutes');
		expect(await meet(30_000, { displayName: 'Ana María' })).toMatchObject({ displayName: 'Ana María', standing: 'member' });
		expect(await meet(0, { isGuest: true })).toMatchObject({ standing: 'member' });
		expect(world.lookUps).toEqual([]);
	});

	it.each([61_000, -6_000, Number.NaN])('is asked for when it happened %d ms ago', async (ageMs) => {
		const occurredAt = Number.isNaN(ageMs) ? 'once' : eventOf(ageMs).occurredAt;
		await world.identities.resolve(world.platform, world.ana, { ...eventOf(0), occurredAt }, signal);
		expect(world.lookUps).toHaveLength(1);
	});

	it.each([{ isGuest: true }, { isExternal: true }, { isDeactivated: true }])('lifts no restriction: %o', async (given) => {
		world.platform.profiles.set(world.ana.accountId, given);
		const { standing } = await world.resolve();
		await world.grow('16 minutes');
		expect(await meet(0)).toMatchObject({ standing });
		expect(world.lookUps).toHaveLength(2);
	});

	it('counts for less than a later word of the platform, and makes the bot ask', async () => {
		const closed = { ...nobodySpecial, ...world.ana, isDeactivated: true };
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		await world.identities.take('fake', closed);
		expect(await meet(1_000)).toMatchObject({ standing: 'deactivated' });
		expect(world.lookUps).toHaveLength(1);
	});
});

describe('of two answers about one account', () => {
	it('the one to the later question counts, also when the other comes last', async () => {
		await world.resolve();
		await world.grow('16 minutes');
		const late = world.holdProfile({});
		const resolving = world.openProcess().resolve(world.platform, world.ana, meeting, signal);
		await late.asked;
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ standing: 'deactivated' });
		late.answer();
		expect(await resolving).toMatchObject({ standing: 'deactivated' });
		expect(await world.resolve()).toMatchObject({ standing: 'deactivated' });
	});

	it('the one to the later question counts at the first contact too', async () => {
		const late = world.holdProfile({});
		const resolving = world.openProcess().resolve(world.platform, world.ana, meeting, signal);
		await late.asked;
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		await world.resolve();
		late.answer();
		expect(await resolving).toMatchObject({ standing: 'guest' });
	});
});
