/** People from outside, people without an id, and accounts that the platform closes. */

import { describe, expect, it } from 'vitest';
import type { Profile } from '#src/platform/chat-platform.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { meeting, signal, useIdentityWorld } from './identity-world.ts';

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

	it.each<[string, Partial<Profile>, string]>([
		['closed', { isDeactivated: true }, 'deactivated'],
		['made a guest', { isGuest: true }, 'guest'],
	])('counts at once: an account that was %s', async (_what, given, standing) => {
		const { userId } = await world.resolve();
		expect(await world.identities.take('fake', profileOf(given))).toBe(userId);
		expect(await world.resolve()).toMatchObject({ userId, standing });
		expect(await world.identities.take('fake', profileOf({}))).toBeNull();
		expect(await world.resolve()).toMatchObject({ userId, standing: 'member' });
	});

	it('takes away the access of the whole person, on every platform', async () => {
		const elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		const { userId } = await world.resolve();
		const other = await world.identities.resolve(elsewhere, world.ana, meeting, signal);
		await world.asRegistrar('update identities set user_id = $1 where id = $2', [userId, other.identityId]);
		await world.identities.forget([userId, other.userId]);
		expect(await world.identities.resolve(elsewhere, world.ana, meeting, signal)).toMatchObject({ userId, standing: 'member' });
		await world.identities.take('fake', profileOf({ isDeactivated: true }));
		expect(await world.identities.resolve(elsewhere, world.ana, meeting, signal)).toMatchObject({ userId, standing: 'deactivated' });
	});

	it('does not make anybody known', async () => {
		expect(await world.identities.take('fake', profileOf({}))).toBeNull();
		expect(await world.storedIdentities()).toEqual([]);
	});
});
