/** Which role somebody has: granted, from the configuration, or following the platform's groups. */

import { describe, expect, it } from 'vitest';
import { away, meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();

describe('a granted role', () => {
	it('that was taken away is never raised by what the platform says', async () => {
		const { userId } = await world.resolve();
		await world.asRegistrar("update users set role = 'ccb_guest' where id = $1", [userId]);
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_guest',
			standing: 'guest',
		});
		expect(await world.asRegistrar('select role from users where id = $1', [userId])).toEqual([{ role: 'ccb_guest' }]);
	});

	it('counts as soon as a guest becomes a member', async () => {
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		expect(await world.resolve()).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		world.platform.profiles.set(world.ana.accountId, { isGuest: false });
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_employee',
			standing: 'member',
		});
	});

	it('of an admin stays when the profile is read again', async () => {
		const { userId } = await world.resolve();
		await world.asRegistrar("update users set role = 'ccb_admin' where id = $1", [userId]);
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_admin',
			standing: 'member',
		});
	});

	it('of an admin counts for nothing while the account is a guest', async () => {
		const { userId } = await world.resolve();
		await world.asRegistrar("update users set role = 'ccb_admin' where id = $1", [userId]);
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		await world.grow('16 minutes');
		expect(await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_guest',
			standing: 'guest',
		});
	});
});

describe('a role', () => {
	it('of an administrator comes from the configuration, and is written down once', async () => {
		const reference = `fake:T:${world.ana.accountId}`;
		expect(await world.openProcess([reference]).resolve(world.platform, world.ana, meeting, signal)).toMatchObject({
			role: 'ccb_admin',
		});
		await world.openProcess([reference]).resolve(world.platform, world.ana, meeting, signal);
		const entries = await world.noted((await world.resolve()).userId);
		expect(entries).toEqual([{ actor: 'program', action: 'grant', outcome: 'done' }]);
	});

	it('from the configuration makes no administrator of a guest', async () => {
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		const process = world.openProcess([`fake:T:${world.ana.accountId}`]);
		expect(await process.resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
	});

	it('follows the groups of the platform, within a minute', async () => {
		const tenant = await world.tenantOfItsOwn();
		await world.asAdmin(`insert into roles (name, rank) values ('ccb_mapped', 120) on conflict do nothing`);
		await world.asAdmin(`insert into role_mappings values ('fake', $1, 'G1', 'ccb_mapped'), ('fake', $1, 'G2', 'ccb_admin')`, [tenant]);
		world.platform.groups = new Map([[world.ana.accountId, ['G1', 'G3']]]);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_mapped', standing: 'member' });
		world.platform.groups = new Map([[world.ana.accountId, ['G1', 'G2']]]);
		await world.clock.advance(61_000);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_admin' });
		world.platform.groups = new Map();
		await world.clock.advance(61_000);
		expect(await world.resolve()).toMatchObject({ role: 'ccb_employee' });
	});

	it.each([
		['the platform does not tell the groups', null],
		['the platform is away', away],
	])('is the lowest that a group could give when %s', async (_case, groups) => {
		const tenant = await world.tenantOfItsOwn();
		await world.asAdmin(`insert into role_mappings values ('fake', $1, 'G1', 'ccb_guest'), ('fake', $1, 'G2', 'ccb_admin')`, [tenant]);
		world.platform.groups = groups;
		expect(await world.withClock(world.resolve())).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
	});

	it('does not make the bot ask for groups where no role follows them', async () => {
		world.platform.groups = away;
		expect(await world.resolve()).toMatchObject({ role: 'ccb_employee', standing: 'member' });
	});

	it('counts in every process as soon as an administrator changes it, whether or not the processes can tell each other', async () => {
		const processes = [world.openProcess(), world.openProcess()];
		const people = async () => await Promise.all(processes.map((process) => process.resolve(world.platform, world.ana, meeting, signal)));
		const [{ userId } = await world.resolve()] = await people();
		await world.asAdmin(`update users set role = 'ccb_admin' where id = $1`, [userId]);
		expect((await people()).map(({ role }) => role)).toEqual(['ccb_admin', 'ccb_admin']);
		await world.asAdmin('update users set role = null, deactivated_at = now() where id = $1', [userId]);
		expect((await people()).map(({ role, standing }) => `${role} ${standing}`)).toEqual(Array(2).fill('ccb_guest deactivated'));
	});

	it('that a group gave does not come back with an answer that was asked for earlier', async () => {
		const tenant = await world.tenantOfItsOwn();
		await world.asAdmin(`insert into role_mappings values ('fake', $1, 'G1', 'ccb_admin')`, [tenant]);
		await world.resolve();
		const process = world.openProcess();
		const late = Promise.withResolvers<string[]>();
		const asked = Promise.withResolvers<void>();
		const answers = [
			() => {
				asked.resolve();
				return late.promise;
			},
			async () => [],
		];
		world.platform.fetchGroups = async () => (await answers.shift()?.()) ?? [];
		const first = process.resolve(world.platform, world.ana, meeting, signal);
		await asked.promise;
		await world.clock.advance(1_000);
		expect(await process.resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ role: 'ccb_employee' });
		late.resolve(['G1']);
		await first;
		expect(await process.resolve(world.platform, world.ana, meeting, signal)).toMatchObject({ role: 'ccb_employee' });
	});

	it('brings its limits, and a person has their own before those', async () => {
		await world.asAdmin(`insert into roles (name, rank, limits) values ('ccb_limited', 90, $1) on conflict do nothing`, [
			{ requestsPerMinute: 5, tokensPerDay: 1_000, fromTomorrow: true },
		]);
		const { userId } = await world.resolve();
		await world.asAdmin(`update users set role = 'ccb_limited', limits = $2 where id = $1`, [userId, { tokensPerDay: null }]);
		expect((await world.openProcess().resolve(world.platform, world.ana, meeting, signal)).limits).toEqual({
			requestsPerMinute: 5,
			tokensPerDay: null,
		});
	});
});
