import { afterEach, describe, expect, it } from 'vitest';
import { unknownAudience } from '#src/platform/audience.ts';
import type { Place } from '#src/platform/place.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const { signal } = new AbortController();

describe('who reads along in a channel of Slack', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	const audienceIn = async (channelId: string) => {
		const place: Place = { platform: 'slack', tenantId: world.slack.teamId, channelId, threadId: '', kind: 'channel' };
		return await world.platform.fetchAudience(place, signal);
	};

	it('is the whole company where it is public, whoever has come in', async () => {
		world = await openSlackWorld();
		expect(await audienceIn(world.general)).toMatchObject({ isOpen: true, hasOutsiders: false });
	});

	it('is whoever was let in where it is private, without apps', async () => {
		world = await openSlackWorld();
		const { workspace } = world.slack;
		const members = [world.tom, workspace.addUser({ name: 'other app', isBot: true }).id];
		const { id } = workspace.addChannel({ name: 'closed', members, isPrivate: true });
		expect(await audienceIn(id)).toEqual({ isOpen: false, hasOutsiders: false, accountIds: new Set([world.tom]) });
	});

	it.each([{ isGuest: true }, { isStranger: true }])('is not the company alone with %j', async (kind) => {
		world = await openSlackWorld();
		const { workspace } = world.slack;
		const { id } = workspace.addChannel({ name: 'mixed', members: [world.tom, workspace.addUser({ name: 'eve', ...kind }).id] });
		expect(await audienceIn(id)).toMatchObject({ hasOutsiders: true });
	});

	it('takes nobody for what the list of people said of them before something else was told', async () => {
		world = await openSlackWorld();
		const { tom } = world;
		const account = { tenantId: world.slack.teamId, accountId: tom };
		await world.platform.directory?.arrival(account, 60_000, signal);
		const { id } = world.slack.workspace.addChannel({ name: 'closed', members: [tom], isPrivate: true });
		// Slack tells another process.
		Object.assign(world.slack.workspace.user(tom) ?? {}, { isGuest: true });
		expect(await audienceIn(id)).toMatchObject({ hasOutsiders: false });
		world.platform.directory?.forget(account);
		expect(await audienceIn(id)).toMatchObject({ hasOutsiders: true });
	});

	it('is not known where it is shared, and where too many are unknown', async () => {
		world = await openSlackWorld({ start: false });
		await world.platform.start(
			async () => {},
			async () => {},
		);
		await world.platform.directory?.arrival({ tenantId: world.slack.teamId, accountId: world.tom }, 60_000, signal);
		const { workspace } = world.slack;
		const shared = workspace.addChannel({ name: 'shared', members: [world.tom], isExtShared: true });
		const members = Array.from({ length: 11 }, (_, index) => workspace.addUser({ name: `new${index}` }).id);
		const crowd = workspace.addChannel({ name: 'crowd', members });
		const unlisted = { hasOutsiders: true, accountIds: null };
		expect([await audienceIn(shared.id), await audienceIn(crowd.id)]).toMatchObject([unlisted, unlisted]);
		expect(world.slack.callsTo('users.info')).toEqual([]);
		expect(await audienceIn('C0UNKNOWN')).toEqual(unknownAudience);
	});
});
