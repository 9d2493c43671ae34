/** When several strangers write in one place, everybody in it is read in pages, and nobody of them has to be asked for any more. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { createRosters, type Rosters } from '../../../adapters/teams/rosters.ts';
import { openTeamsWorld } from './teams-world.ts';

const minuteMs = 60_000;
const tenantId = 'home';
const { signal } = new AbortController();
const place = (kind: Place['kind'], channelId = 'C'): Place => ({ platform: 'teams', tenantId, channelId, threadId: '1', kind });
const actor = (accountId: string) => ({ tenantId, accountId });

describe('a crowd in one place', () => {
	let clock: ManualClock;
	let rosters: Rosters;
	let paths: string[];
	let members: object[][];
	let isAway: boolean;

	beforeEach(() => {
		clock = createManualClock();
		[paths, isAway] = [[], false];
		const member = (id: string, more = {}) => ({
			id,
			aadObjectId: id,
			tenantId,
			name: `name of ${id}`,
			userPrincipalName: `${id}@x`,
			...more,
		});
		members = [
			[member('a'), member('guest', { userRole: 'guest' })],
			[member('b'), member('other', { tenantId: 'elsewhere' }), { id: 'bot' }],
		];
		const call = async (_place: Place, { path }: { path: string }) => {
			if (isAway) throw new Error('away');
			paths.push(path);
			const index = Number(/continuationToken=(\d+)/.exec(path)?.[1] ?? 0);
			return { members: members[index], ...(index + 1 < members.length ? { continuationToken: String(index + 1) } : {}) };
		};
		rosters = createRosters({ connector: { call }, clock, homeTenantId: tenantId });
	});
	afterEach(() => rosters.stop());

	const recall = (id: string) => rosters.directory.recall(actor(id), 10 * minuteMs)?.profile ?? null;
	const write = (ids: string[], where = place('channel')) => {
		for (const id of ids) rosters.noteQuestion(where, actor(id));
	};

	it('begins with the third who has to be asked for within a minute', async () => {
		write(['a', 'a', 'a', 'b']);
		await clock.advance(minuteMs);
		write(['c', 'd']);
		write(['e'], place('channel', 'another'));
		await clock.advance(0);
		expect(paths).toEqual([]);
		write(['e']);
		await clock.advance(1_000);
		expect(paths).toEqual(['conversations/C/pagedmembers?pageSize=500', 'conversations/C/pagedmembers?pageSize=500&continuationToken=1']);
		expect(recall('b')).toMatchObject({ displayName: 'name of b', isGuest: false, isExternal: false });
	});

	it('is known with its guests, and without people of other companies and without bots', async () => {
		write(['a', 'b', 'c']);
		await clock.advance(1_000);
		expect(recall('guest')).toMatchObject({ isGuest: true });
		expect([recall('other'), recall('bot'), recall('')]).toEqual([null, null, null]);
	});

	it('frees whoever waits as soon as their page is there', async () => {
		const waiting = rosters.directory.arrival(actor('b'), minuteMs, signal);
		write(['a', 'b', 'c']);
		await clock.advance(1_000);
		expect(await waiting).toMatchObject({ profile: { accountId: 'b' } });
	});

	it('is read once in five minutes', async () => {
		for (let minute = 0; minute < 5; minute++) {
			write(['a', 'b', 'c']);
			await clock.advance(minuteMs - 1);
		}
		expect(paths).toHaveLength(2);
		await clock.advance(5);
		write(['a', 'b', 'c']);
		await clock.advance(1_000);
		expect(paths).toHaveLength(4);
	});

	it('is none in a chat with one person', async () => {
		write(['a', 'b', 'c'], place('direct'));
		await clock.advance(1_000);
		expect(paths).toEqual([]);
	});

	it('that cannot be read is asked for one by one', async () => {
		isAway = true;
		write(['a', 'b', 'c']);
		await clock.advance(1_000);
		expect(recall('a')).toBeNull();
	});
});

it('the adapter knows the people of a team after three of them were asked for', async () => {
	const world = await openTeamsWorld();
	const { teams, platform } = world;
	const people = ['one', 'two', 'three', 'four'].map((name) => teams.tenant.addUser({ name }));
	const where = world.placeOf('channel');
	teams.tenant.conversation(where.channelId)?.members.push(...people.map(({ id }) => id));
	for (const user of people.slice(0, 3)) await platform.fetchProfile(world.actor(user), where, signal);
	const last = world.actor(people[3] ?? world.tom);
	expect(await platform.directory?.arrival(last, minuteMs, signal)).toMatchObject({ profile: { displayName: 'four', isGuest: false } });
	await world.close();
});
