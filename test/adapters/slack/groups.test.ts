/** How the adapter knows who is in which user group without asking Slack each time. */

import { afterEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Place } from '#src/platform/place.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createGroups } from '../../../adapters/slack/groups.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const place: Place = { platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '', kind: 'channel' };
const { signal } = new AbortController();

describe('user groups', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	async function open(options: Parameters<typeof openSlackWorld>[1] = {}): Promise<void> {
		world = await openSlackWorld({}, options);
		await expect.poll(() => world.platform.health().state).toBe('up');
	}
	const groupsOf = (accountId: string) => world.platform.fetchGroups({ tenantId: world.slack.teamId, accountId }, place, signal);
	const lists = () => world.slack.callsTo('usergroups.list');

	it('are listed once for everybody who asks within a minute', async () => {
		await open();
		const { slack, tom, lucia } = world;
		const staff = slack.workspace.addUserGroup({ handle: 'staff', userIds: [tom, lucia] }).id;
		const admins = slack.workspace.addUserGroup({ handle: 'admins', userIds: [lucia] }).id;
		expect(await Promise.all([groupsOf(tom), groupsOf(lucia), groupsOf('U0NOBODY')])).toEqual([[staff], [staff, admins], []]);
		expect(await groupsOf(tom)).toEqual([staff]);
		expect(lists()).toHaveLength(1);
	});

	it('do not count once they are disabled', async () => {
		await open();
		const { slack, tom } = world;
		const group = slack.workspace.addUserGroup({ handle: 'staff', userIds: [tom] }).id;
		expect(await groupsOf(tom)).toEqual([group]);
		await slack.disableUserGroup(group);
		await expect.poll(() => groupsOf(tom)).toEqual([]);
	});

	it('are unknown without the scope, which is said once, and known again after it was granted', async () => {
		const clock = createManualClock();
		world = await openSlackWorld({ clock }, { scopes: defaultScopes.filter((scope) => scope !== 'usergroups:read') });
		await expect.poll(() => world.platform.health().state).toBe('up');
		const { slack, tom, warnings } = world;
		const group = slack.workspace.addUserGroup({ handle: 'staff', userIds: [tom] }).id;
		expect(await groupsOf(tom)).toBeNull();
		await clock.advance(61_000);
		expect(await groupsOf(tom)).toBeNull();
		expect(warnings.filter((parts) => String(parts[0]).includes('missing_scope'))).toHaveLength(1);
		slack.setScopes(defaultScopes);
		await clock.advance(61_000);
		expect(await groupsOf(tom)).toEqual([group]);
	});

	it('are unknown where the workspace has none to give', async () => {
		await open();
		world.slack.fail({ method: 'usergroups.list', kind: 'error', error: 'plan_upgrade_required' });
		expect(await groupsOf(world.tom)).toBeNull();
	});

	it('are not taken for none when Slack fails, and asked for anew', async () => {
		await open();
		const { slack, tom } = world;
		const group = slack.workspace.addUserGroup({ handle: 'staff', userIds: [tom] }).id;
		slack.fail({ method: 'usergroups.list', kind: '500' });
		await expect(groupsOf(tom)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		expect(await groupsOf(tom)).toEqual([group]);
	});

	it('are never asked for more often than Slack allows, however often they change', async () => {
		await open({ limits: true });
		const { slack, tom } = world;
		const group = slack.workspace.addUserGroup({ handle: 'staff', userIds: [] }).id;
		for (let round = 0; round < 30; round += 1) {
			await slack.setUserGroupMembers(group, round % 2 === 0 ? [tom] : []);
			await expect.poll(() => slack.deliveries.filter(({ httpStatus }) => httpStatus === 200).length).toBe(round + 1);
			await groupsOf(tom);
		}
		expect(lists().every(({ error }) => error === undefined)).toBe(true);
		expect(lists().length).toBeLessThanOrEqual(20);
	});
});

describe('the list of user groups', () => {
	const actor = { tenantId: 'T1', accountId: 'U1' };

	/** A Slack whose answers are given by hand. */
	function openList() {
		const clock = createManualClock();
		const waiting: PromiseWithResolvers<{ ok: true; usergroups: unknown }>[] = [];
		const call = () => {
			const answer = Promise.withResolvers<{ ok: true; usergroups: unknown }>();
			waiting.push(answer);
			return answer.promise;
		};
		const identity = () => ({ teamId: 'T1', botUserId: 'UBOT', botId: 'B1' });
		const groups = createGroups({ call, identity, clock, logger: { warn: () => {} } });
		const answer = (usergroups: unknown) => waiting.shift()?.resolve({ ok: true, usergroups });
		return { clock, groups, answer, asked: () => waiting.length };
	}

	it('is asked for again when a group changes while the answer is on its way', async () => {
		const { groups, answer, asked } = openList();
		const before = groups.fetchGroups(actor, place, signal);
		groups.forget();
		answer([{ id: 'S1', users: ['U1'] }]);
		expect(await before).toEqual(['S1']);
		const after = groups.fetchGroups(actor, place, signal);
		expect(asked()).toBe(1);
		answer([]);
		expect(await after).toEqual([]);
	});

	it('is asked for again after a minute', async () => {
		const { clock, groups, answer } = openList();
		const first = groups.fetchGroups(actor, place, signal);
		answer([{ id: 'S1', users: ['U1'] }]);
		expect(await first).toEqual(['S1']);
		await clock.advance(59_000);
		expect(await groups.fetchGroups(actor, place, signal)).toEqual(['S1']);
		await clock.advance(2_000);
		const later = groups.fetchGroups(actor, place, signal);
		answer([]);
		expect(await later).toEqual([]);
	});

	it('goes on for the others when one does not wait for it any more', async () => {
		const { groups, answer } = openList();
		const leaving = new AbortController();
		const left = groups.fetchGroups(actor, place, leaving.signal);
		const stays = groups.fetchGroups(actor, place, signal);
		leaving.abort();
		await expect(left).rejects.toBeInstanceOf(BotError);
		answer([{ id: 'S1', users: ['U1'] }]);
		expect(await stays).toEqual(['S1']);
	});

	it.each([
		['no list', null],
		['a list of nothings', [null, 7, 'S1', {}]],
		['a group without an id', [{ users: ['U1'] }]],
		['a group whose id is none', [{ id: "S1'; drop", users: ['U1'] }]],
		['a group without people', [{ id: 'S1' }]],
		['people who are none', [{ id: 'S1', users: [null, { id: 'U1' }] }]],
		['a group that was given up', [{ id: 'S1', users: ['U1'], date_delete: 1_700_000_000 }]],
	])('gives nobody a group by mistake: %s', async (_name, usergroups) => {
		const { groups, answer } = openList();
		const asked = groups.fetchGroups(actor, place, signal);
		answer(usergroups);
		expect(await asked).toEqual([]);
	});
});
