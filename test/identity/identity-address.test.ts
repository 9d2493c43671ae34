/** E-mail addresses, which link accounts only where an administrator trusts their domain. */

import { beforeEach, describe, expect, it } from 'vitest';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();

describe('an e-mail address', () => {
	const address = () => `${world.ana.accountId}@Example.com`;
	let elsewhere: FakePlatform;
	let tenant: string;

	beforeEach(async () => {
		elsewhere = Object.assign(createFakePlatform(), { name: 'elsewhere' });
		tenant = await world.tenantOfItsOwn();
		world.platform.profiles.set(world.ana.accountId, { email: address() });
		elsewhere.profiles.set(world.ana.accountId, { email: address().toLowerCase() });
	});

	const trust = async (name: string, domain = 'example.com') =>
		await world.asAdmin('insert into tenants (platform, tenant_id, email_domains) values ($1, $2, $3)', [name, tenant, [domain]]);
	const meetElsewhere = async (actor = world.ana) => await world.openProcess().resolve(elsewhere, actor, meeting, signal);

	it('links nothing by itself, and is not kept', async () => {
		expect((await meetElsewhere()).userId).not.toBe((await world.resolve()).userId);
		expect(
			await world.asRegistrar('select email from identities where account_id = $1 and email is not null', [world.ana.accountId]),
		).toEqual([]);
	});

	it('links accounts of tenants whose domain an administrator trusts, on the record', async () => {
		await trust('fake');
		await trust('elsewhere');
		const { userId } = await world.resolve();
		expect(await meetElsewhere()).toMatchObject({ userId });
		expect(await world.noted(userId)).toEqual([{ actor: 'program', action: 'match', outcome: 'done' }]);
	});

	it('links nothing when only one side is trusted, or another domain is', async () => {
		await trust('fake');
		const { userId } = await world.resolve();
		expect((await meetElsewhere()).userId).not.toBe(userId);
		await trust('elsewhere', 'example.org');
		expect((await meetElsewhere({ ...world.ana })).userId).not.toBe(userId);
	});

	it('that two people have links neither, and gives them no more than anybody has', async () => {
		await trust('fake');
		await trust('elsewhere');
		const twin = { ...world.ana, accountId: `${world.ana.accountId}b` };
		world.platform.profiles.set(twin.accountId, { email: address() });
		const first = await world.resolve();
		await world.asAdmin(`update users set role = 'ccb_admin' where id = $1`, [first.userId]);
		const second = await world.identities.resolve(world.platform, twin, meeting, signal);
		expect(second.userId).not.toBe(first.userId);
		expect(await meetElsewhere()).toMatchObject({ role: 'ccb_employee' });
		expect([first.userId, second.userId]).not.toContain((await meetElsewhere()).userId);
	});

	it('of a guest links nothing', async () => {
		await trust('fake');
		await trust('elsewhere');
		const { userId } = await world.resolve();
		elsewhere.profiles.set(world.ana.accountId, { email: address(), isGuest: true });
		expect((await meetElsewhere()).userId).not.toBe(userId);
	});
});
