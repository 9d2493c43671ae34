/** Whose people those are who reach the bot in Teams: ours, another company's, or nobody's; and what is known of them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Json, User } from '#test/emulators/teams/index.ts';
import { readActivity } from '../../../adapters/teams/inbound.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

const foreignTenant = '11111111-2222-4333-8444-555555555555';
const signal = new AbortController().signal;

let world: TeamsWorld;
beforeAll(async () => {
	world = await openTeamsWorld();
});
afterAll(() => world.close());

const addUser = (user: Parameters<TeamsWorld['teams']['tenant']['addUser']>[0]) => world.teams.tenant.addUser(user);
const compose = (user: User = world.tom, conversation = world.teams.tenant.openPersonalChat(user.id).id) =>
	world.teams.compose({ user: user.id, conversation, text: 'hi', mentionBot: true });
const read = (activity: Json, homeTenantId: string | null = world.teams.tenantId) =>
	readActivity(activity, { hasGraph: false, homeTenantId });
const authorOf = (activity: Json) => {
	const event = read(activity);
	return event?.type === 'message-received' ? event.author : event;
};

describe('the author of a message', () => {
	it('of another company, in a chat of theirs, is one of their people', () => {
		const olga = addUser({ name: 'Olga Other', tenantId: foreignTenant });
		expect(read(compose(olga))).toMatchObject({
			type: 'message-received',
			addressedBy: 'direct',
			author: { tenantId: foreignTenant, accountId: olga.aadObjectId },
			place: { tenantId: foreignTenant },
		});
	});

	it.each<[name: string, change: (activity: Json) => Json]>([
		['conversation', ({ conversation, ...rest }) => ({ ...rest, conversation: { ...(conversation as Json), tenantId: foreignTenant } })],
		[
			'conversation, in another form',
			({ conversation, ...rest }) => ({ ...rest, conversation: { ...(conversation as Json), tenantId: 7 } }),
		],
		['channel data', (activity) => ({ ...activity, channelData: { tenant: { id: foreignTenant } } })],
		['sender', ({ from, ...rest }) => ({ ...rest, from: { ...(from as Json), tenantId: foreignTenant } })],
		['channel data, which name none', (activity) => ({ ...activity, channelData: {} })],
	])("is nobody's when the tenant is another one in the %s", (_name, change) => {
		expect(authorOf(change(compose()))).toEqual({ tenantId: '', accountId: world.tom.aadObjectId });
	});

	it('of ours is ours where only the channel data name the tenant', () => {
		const { conversation, ...rest } = compose();
		const { tenantId: _tenantId, ...bare } = conversation as Json;
		expect(authorOf({ ...rest, conversation: bare })).toEqual(world.actor(world.tom));
	});

	it("without an account is nobody's: a participant of a meeting", () => {
		const anonymous = addUser({ name: 'Someone', isAnonymous: true });
		const meeting = world.teams.tenant.addGroupChat([world.tom.id, anonymous.id]);
		expect(authorOf(compose(anonymous, meeting.id))).toEqual({ tenantId: '', accountId: anonymous.id });
	});

	it.each([{ id: '28:connector' }, { id: '8:live:somebody' }, { id: '' }, {}])('is no person, with an account like %j', (from) => {
		expect(read({ ...compose(), from })).toBeNull();
	});

	it('is whoever it says in anonymous mode, where everybody is on this machine', () => {
		const olga = addUser({ name: 'Olga Other', tenantId: foreignTenant });
		expect(read(compose(olga), null)).toMatchObject({ author: { tenantId: foreignTenant, accountId: olga.aadObjectId } });
	});
});

describe('somebody of another company', () => {
	it('commands and presses as what they are, and opens nothing', () => {
		const olga = addUser({ name: 'Olga Other', tenantId: foreignTenant });
		const activity = compose(olga);
		const actor = { tenantId: foreignTenant, accountId: olga.aadObjectId };
		const targeted = { ...activity, recipient: { ...(activity['recipient'] as Json), isTargeted: true } };
		expect(read(targeted)).toMatchObject({ type: 'command-invoked', actor });
		const value = { actionName: 'feedback', actionValue: { reaction: 'like' } };
		expect(read({ ...activity, type: 'invoke', name: 'message/submitAction', value })).toMatchObject({ type: 'button-pressed', actor });
		expect(read({ ...activity, type: 'installationUpdate', action: 'add' })).toBeNull();
		expect(read({ ...activity, type: 'conversationUpdate', membersAdded: [{ id: world.teams.botId }] })).toBeNull();
	});

	it('is told by name as a stranger, and can be answered', async () => {
		const olga = addUser({ name: 'Olga Other', tenantId: foreignTenant });
		const chat = world.teams.tenant.openPersonalChat(olga.id);
		const { id } = await world.teams.say({ user: olga.id, conversation: chat.id, text: 'Hello?' });
		const find = () => world.events.find((event) => event.type === 'message-received' && event.messageId === id);
		await expect.poll(find).toBeDefined();
		const received = find();
		if (received?.type !== 'message-received') throw new Error('no message');
		const profile = await world.platform.fetchProfile(received.author, received.place, signal);
		expect(profile).toMatchObject({ displayName: 'Olga Other', tenantId: foreignTenant, isExternal: true, isDeactivated: false });
		expect(profile.email).toBeUndefined();
		await world.platform.sendPrivately(received.place, received.author, ['I am sorry'], undefined, signal);
		expect(world.teams.messages(chat.id).at(-1)?.visibleText).toBe('I am sorry');
	});
});

describe('the profile', () => {
	const profileOf = (actor: Actor) => world.platform.fetchProfile(actor, world.placeOf('group'), signal);
	const join = (user: User) => {
		world.teams.tenant.conversation(world.conversations.group)?.members.push(user.id);
		return user;
	};

	it.each<[name: string, user: { email?: string; userPrincipalName?: string }, email: string]>([
		['address of a domain that is the tenant’s', { email: 'ana@corp.test', userPrincipalName: 'a.ruiz@corp.test' }, 'ana@corp.test'],
		[
			'name in the tenant, for an address of any other domain',
			{ email: 'boss@bank.test', userPrincipalName: 'ana@corp.test' },
			'ana@corp.test',
		],
	])('has the %s', async (_name, { email, userPrincipalName }, expected) => {
		const ana = Object.assign(join(addUser({ name: 'Ana' })), { email, userPrincipalName });
		expect((await profileOf(world.actor(ana))).email).toBe(expected);
	});

	it.each<[who: string, user: Parameters<typeof addUser>[0]]>([
		['a guest', { name: 'Gus', isGuest: true }],
		['somebody of another company', { name: 'Olga', tenantId: foreignTenant }],
	])('has no address of %s', async (_who, user) => {
		const profile = await profileOf(world.actor(join(addUser(user))));
		expect(profile.email).toBeUndefined();
		expect(profile.isGuest || profile.isExternal).toBe(true);
	});

	it('of one of ours whom an activity gave another tenant is that of a stranger', async () => {
		expect(await profileOf({ ...world.actor(world.tom), tenantId: '' })).toMatchObject({ isExternal: true, isDeactivated: false });
	});

	it('of somebody of another company whom the conversation does not know is that of a stranger, not of somebody who left', async () => {
		expect(await profileOf({ tenantId: foreignTenant, accountId: 'unknown' })).toMatchObject({ isExternal: true, isDeactivated: false });
	});
});

describe('groups', () => {
	const groupsOf = (actor: Actor) => world.platform.fetchGroups(actor, world.placeOf('direct'), signal);

	it('are those of Entra, of teams too, through other groups, however many; and no roles of the directory', async () => {
		const { tenant } = world.teams;
		const nina = addUser({ name: 'Nina New' });
		const many = Array.from({ length: 1_200 }, (_, index) => tenant.directory.addGroup({ name: `Group ${index}`, members: [nina.id] }).id);
		const outer = tenant.directory.addGroup({ name: 'Outer', members: many.slice(0, 2) });
		const team = tenant.addTeam({ name: 'Nina’s team', members: [nina.id] });
		tenant.directory.addGroup({ name: 'Readers', type: 'directoryRole', members: [nina.id] });
		tenant.directory.addGroup({ name: 'North', type: 'administrativeUnit', members: [nina.id] });
		expect((await groupsOf(world.actor(nina)))?.toSorted()).toEqual([...many, outer.id, team.aadGroupId].toSorted());
	});

	it('are none for somebody whom the directory does not have', async () => {
		const olga = addUser({ name: 'Olga Other', tenantId: foreignTenant });
		const before = world.teams.callsTo('graph').length;
		expect(await groupsOf({ tenantId: foreignTenant, accountId: olga.aadObjectId ?? '' })).toEqual([]);
		expect(world.teams.callsTo('graph')).toHaveLength(before);
		expect(await groupsOf(world.actor(olga))).toEqual([]);
	});

	it('are unknown while the right is missing, which is said once each time', async () => {
		const before = world.failed.length;
		world.teams.grantGraph({ groups: false });
		expect([await groupsOf(world.actor(world.tom)), await groupsOf(world.actor(world.lucia))]).toEqual([null, null]);
		expect(world.failed.slice(before)).toEqual([
			expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('GroupMember.Read.All') }),
		]);
		world.teams.grantGraph({ groups: true });
		expect(await groupsOf(world.actor(world.tom))).not.toBeNull();
		world.teams.grantGraph({ groups: false });
		expect(await groupsOf(world.actor(world.tom))).toBeNull();
		expect(world.failed).toHaveLength(before + 2);
		world.teams.grantGraph({ groups: true });
	});

	it('are asked for again with a new token when the old one was taken back', async () => {
		await groupsOf(world.actor(world.tom));
		world.teams.revokeTokens();
		expect(await groupsOf(world.actor(world.tom))).not.toBeNull();
	});

	it.each<[kind: '429' | '503' | 'reset', code: string]>([
		['429', 'PLATFORM_RATE_LIMITED'],
		['503', 'PLATFORM_UNAVAILABLE'],
		['reset', 'PLATFORM_UNAVAILABLE'],
	])('are not said to be unknown when Graph fails with %s', async (kind, code) => {
		world.teams.fail({ operation: 'graph', kind });
		await expect(groupsOf(world.actor(world.tom))).rejects.toMatchObject({ code });
	});

	it('are unknown where Graph is not to be used', async () => {
		const other = await openTeamsWorld({ graphUrl: null });
		expect(await other.platform.fetchGroups(other.actor(other.tom), other.placeOf('direct'), signal)).toBeNull();
		expect(other.teams.callsTo('graph')).toEqual([]);
		await other.close();
	});
});
