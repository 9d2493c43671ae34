import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTeamsEmulator, type Team, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let guest: User;
let team: Team;

beforeEach(async () => {
	teams = await startTeamsEmulator({ limits: false });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz', email: 'ana@example.test' });
	guest = teams.tenant.addUser({ name: 'Gus Guest', email: 'gus@elsewhere.test', isGuest: true });
	team = teams.tenant.addTeam({ name: 'Sales', channels: ['Offers'] });
});

afterEach(() => teams.close());

function members(path: string) {
	return bot.call('GET', `conversations/${encodeURIComponent(team.id)}/${path}`);
}

test('a member is found by id and by object id', async () => {
	const { id, name, aadObjectId, tenantId } = ana;
	const account = { id, name, aadObjectId, tenantId, userRole: 'user', userPrincipalName: 'ana@example.test', email: 'ana@example.test' };
	expect((await members(`members/${encodeURIComponent(id)}`)).body).toMatchObject(account);
	expect((await members(`members/${aadObjectId}`)).body).toMatchObject(account);
});

test('guests, federated people and anonymous ones can be told apart', async () => {
	const federated = teams.tenant.addUser({ name: 'Fay', tenantId: '11111111-2222-4333-8444-555555555555' });
	const anonymous = teams.tenant.addUser({ name: 'Someone', isAnonymous: true });
	const group = teams.tenant.addGroupChat([federated.id, anonymous.id]);
	expect((await members(`members/${guest.id}`)).body).toMatchObject({
		userRole: 'guest',
		userPrincipalName: 'gus_elsewhere.test#EXT#@emulated.test',
	});
	const { body } = await bot.call('GET', `conversations/${group.id}/members`);
	expect(body).toMatchObject([{ tenantId: '11111111-2222-4333-8444-555555555555' }, { userRole: 'anonymous' }]);
	expect((body as unknown as object[])[1]).not.toHaveProperty('aadObjectId');
});

test('whoever is not in the conversation is not found', async () => {
	const outsider = teams.tenant.addUser({ name: 'Outsider' });
	expect((await members(`members/${outsider.id}`)).status).toBe(404);
	expect((await members('members/29:nobody')).status).toBe(404);
});

test('members come in pages', async () => {
	const crowd = Array.from({ length: 120 }, (_, index) => teams.tenant.addUser({ name: `Person ${index}` }).id);
	const group = teams.tenant.addGroupChat(crowd);
	const page = async (query: string) => {
		const { body } = await bot.call('GET', `conversations/${group.id}/pagedmembers?${query}`);
		return body as { members: { id: string }[]; continuationToken?: string };
	};
	const first = await page('pageSize=10');
	expect(first.members).toHaveLength(50);
	const second = await page(`pageSize=100&continuationToken=${encodeURIComponent(first.continuationToken ?? '')}`);
	expect([...first.members, ...second.members].map(({ id }) => id)).toEqual(crowd);
	expect(second.continuationToken).toBeUndefined();
	expect((await bot.call('GET', `conversations/${group.id}/pagedmembers?continuationToken=x`)).status).toBe(400);
});

test('tells about teams and their channels', async () => {
	const [general, offers] = team.channels;
	expect((await bot.call('GET', `teams/${encodeURIComponent(team.id)}`)).body).toMatchObject({
		id: team.id,
		name: 'Sales',
		aadGroupId: team.aadGroupId,
		channelCount: 2,
	});
	expect((await bot.call('GET', `teams/${encodeURIComponent(team.id)}/conversations`)).body).toEqual({
		conversations: [
			{ id: general?.id, type: 'standard' },
			{ id: offers?.id, name: 'Offers', type: 'standard' },
		],
	});
	expect((await bot.call('GET', 'teams/19:nowhere@thread.tacv2')).status).toBe(404);
});

test('opens the chat with a person who has the app, by id or object id and not by name', async () => {
	const open = (id: string | undefined, tenantId = teams.tenantId) =>
		bot.call('POST', 'conversations', { bot: { id: teams.botId }, members: [{ id }], channelData: { tenant: { id: tenantId } } });
	const chat = teams.tenant.openPersonalChat(ana.id);
	expect(await open(ana.id)).toMatchObject({ status: 201, body: { id: chat.id } });
	expect(await open(ana.aadObjectId)).toMatchObject({ status: 201, body: { id: chat.id } });
	expect((await open(ana.userPrincipalName)).status).toBe(400);
	expect((await open(guest.id)).body.error?.code).toBe('ForbiddenOperationException');
	expect((await open(ana.id, 'another')).status).toBe(403);
});

test('begins a thread in a channel', async () => {
	const channel = team.channels[1]?.id ?? '';
	const request = { isGroup: true, channelData: { channel: { id: channel } }, activity: { type: 'message', text: 'News' } };
	const { status, body } = await bot.call('POST', 'conversations', request);
	expect(status).toBe(201);
	expect(body.id).toBe(`${channel};messageid=${body.activityId}`);
	expect(teams.message(channel, String(body.activityId))).toMatchObject({ visibleText: 'News', threadRootId: undefined });
});
