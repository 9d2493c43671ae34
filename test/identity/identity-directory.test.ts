/** What the platform answered about many accounts at once lets people in, and never more than an answer about them alone would have. */

import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createIdentities } from '#src/identity/identity.ts';
import { createToldAccounts } from '#src/identity/told-accounts.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import { type Accounts, createAccounts } from '#src/platform/directory.ts';
import type { Profile } from '#src/platform/profile.ts';
import { away, meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();
let accounts: Accounts;

beforeEach(() => {
	accounts = createAccounts({ clock: world.clock });
	Object.assign(world.platform, { directory: accounts });
});

const profileOf = (given: Partial<Profile> = {}): Profile => ({
	...world.ana,
	...{ displayName: 'Ana', locale: 'es-ES', isBot: false, isGuest: false, isExternal: false, isDeactivated: false },
	...given,
});
const learn = (given: Partial<Profile> = {}, ageMs = 0) => accounts.learn([profileOf(given)], world.clock.now() - ageMs);

describe('somebody whom the platform told of with many others', () => {
	it('is let in without a question, as somebody who was asked for would be', async () => {
		learn({}, 9 * 60_000);
		expect(await world.resolve()).toMatchObject({ displayName: 'Ana', locale: 'es-ES', role: 'ccb_employee', standing: 'member' });
		expect(world.lookUps).toEqual([]);
	});

	it.each<[Partial<Profile>, string]>([
		[{ isGuest: true }, 'guest'],
		[{ isExternal: true }, 'guest'],
		[{ isDeactivated: true }, 'deactivated'],
		[{ isBot: true }, 'guest'],
	])('is kept out at once: %o', async (given, standing) => {
		learn(given);
		expect(await world.resolve()).toMatchObject({ standing });
		expect(world.lookUps).toEqual([]);
	});

	it('is asked for when that was more than ten minutes ago', async () => {
		learn({}, 10 * 60_000);
		await world.resolve();
		expect(world.lookUps).toHaveLength(1);
	});

	it('counts as asked when that was asked: after fifteen minutes a newer answer is wanted', async () => {
		learn({}, 9 * 60_000);
		await world.resolve();
		await world.clock.advance(2 * 60_000);
		await world.grow('5 minutes');
		await world.resolve();
		expect(world.lookUps).toEqual([]);
		await world.grow('2 minutes');
		await world.resolve();
		expect(world.lookUps).toHaveLength(1);
	});

	it('stays shut out until they are asked for alone', async () => {
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		await world.resolve();
		await world.grow('16 minutes');
		learn();
		expect(await world.resolve()).toMatchObject({ standing: 'deactivated' });
		expect(world.lookUps).toHaveLength(2);
	});

	it.each<[string, Partial<Profile>]>([
		['closed', { isDeactivated: true }],
		['made a guest', { isGuest: true }],
		['changed in any way', {}],
	])('is asked for when they were %s since, also when another process was told', async (_what, given) => {
		learn({}, 60_000);
		world.platform.profiles.set(world.ana.accountId, given);
		await world.openProcess().take('fake', profileOf(given));
		expect(await world.resolve()).toMatchObject({ standing: given.isDeactivated ? 'deactivated' : given.isGuest ? 'guest' : 'member' });
		expect(world.lookUps).toHaveLength(1);
	});

	it('gains nothing by a word of the platform that is repeated afterwards', async () => {
		learn({}, 60_000);
		await world.identities.take('fake', profileOf({ isDeactivated: true }));
		await world.identities.take('fake', profileOf());
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect(await world.resolve()).toMatchObject({ standing: 'deactivated' });
	});
});

it('is known to every process of whom the platform told something lately, met or not', async () => {
	const [unmet, quiet] = ['unmet', 'quiet'].map((name) => `${world.ana.accountId}-${name}`) as [string, string];
	await world.resolve();
	for (const accountId of [world.ana.accountId, unmet]) await world.openProcess().take('fake', profileOf({ accountId, isGuest: true }));
	const accountOf = (accountId: string) => ({ platform: 'fake', tenantId: world.ana.tenantId, accountId });
	const told = await createToldAccounts(world.database)([world.ana.accountId, unmet, quiet].map(accountOf));
	expect(new Set(told.keys())).toEqual(new Set([world.ana.accountId, unmet]));
	for (const agoMs of told.values()) expect(agoMs).toBeGreaterThanOrEqual(0);
});

describe('somebody who waits for their turn to be asked for', () => {
	/** Nobody can be asked for within a minute. */
	function openCrowded() {
		const budgets = { 'look-up-person': { scope: 'tenant' as const, windows: [{ limit: 1, windowMs: 60_000 }] } };
		const capabilities = { ...world.platform.capabilities, budgets };
		const observer = { called: () => {}, limited: () => {} };
		const cache = createMemoryCache({ clock: world.clock.now });
		const pacer = createPacer({ platform: 'fake', capabilities, budgets: cache, clock: world.clock, observer });
		const identities = createIdentities({ database: world.database, clock: world.clock, pacers: () => pacer, admins: [] });
		const spent = pacer.run({ operation: 'look-up-person', place: meeting.place, priority: 'first' }, signal, async () => {});
		return { identities, spent };
	}

	it('is let in as soon as the platform tells of them with many others', async () => {
		const { identities, spent } = openCrowded();
		await spent;
		const resolving = identities.resolve(world.platform, world.ana, meeting, signal);
		await world.clock.advance(3_000);
		learn();
		expect(await resolving).toMatchObject({ standing: 'member' });
		expect(world.lookUps).toEqual([]);
	});

	it('is asked for all the same when the platform told something since', async () => {
		const { identities, spent } = openCrowded();
		await spent;
		const resolving = identities.resolve(world.platform, world.ana, meeting, signal);
		await world.clock.advance(3_000);
		await world.openProcess().take('fake', profileOf({ isGuest: true }));
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		// Asked before all of this, and it comes now.
		learn({}, 4_000);
		expect(await world.withClock(resolving)).toMatchObject({ standing: 'guest' });
		expect(world.lookUps).toHaveLength(1);
	});

	it('is believed by the answer, whatever small change the platform told of during the wait', async () => {
		const { identities, spent } = openCrowded();
		await spent;
		const resolving = identities.resolve(world.platform, world.ana, meeting, signal);
		await world.clock.advance(30_000);
		await world.identities.take('fake', profileOf({ displayName: 'Ana María' }));
		expect(await world.withClock(resolving)).toMatchObject({ standing: 'member' });
	});

	it('has the role of their group without a turn of their own, where groups are not asked for one by one', async () => {
		const tenant = await world.tenantOfItsOwn();
		await world.asAdmin(`insert into role_mappings values ('fake', $1, 'G1', 'ccb_admin')`, [tenant]);
		world.platform.groups = new Map([[world.ana.accountId, ['G1']]]);
		const { identities, spent } = openCrowded();
		await spent;
		learn();
		expect(await identities.resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ role: 'ccb_admin' });
	});

	it('is not let in when neither comes', async () => {
		world.failTimes(3, away);
		await expect(world.withClock(world.resolve())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});
});
