import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, startTeamsEmulator, type Team, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let team: Team;
let root: string;

beforeEach(async () => {
	teams = await startTeamsEmulator({ limits: false });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	team = teams.tenant.addTeam({ name: 'Sales' });
	root = (await teams.say({ user: ana.id, conversation: team.id, text: 'root' })).id;
});

afterEach(() => teams.close());

async function askGraph(path: string): Promise<{ status: number; body: Json & { value?: Json[] } }> {
	const token = await bot.token('https://graph.microsoft.com/.default');
	const response = await fetch(path.startsWith('http') ? path : `${teams.graphUrl}/v1.0/${path}`, {
		headers: { authorization: `Bearer ${token}` },
	});
	return { status: response.status, body: (await response.json()) as Json & { value?: Json[] } };
}

const messagesPath = () => `teams/${team.aadGroupId}/channels/${encodeURIComponent(team.id)}/messages`;

test('the replies of a thread come in pages, the newest first, without the first message', async () => {
	const ids: string[] = [];
	for (let count = 0; count < 25; count++)
		ids.unshift((await teams.say({ user: ana.id, conversation: team.id, text: `reply ${count}`, threadRootId: root })).id);
	await teams.say({ user: ana.id, conversation: team.id, text: 'another thread' });
	const first = await askGraph(`${messagesPath()}/${root}/replies`);
	expect(first.body.value?.map(({ id }) => id)).toEqual(ids.slice(0, 20));
	const next = await askGraph(String(first.body['@odata.nextLink']));
	expect(next.body.value?.map(({ id }) => id)).toEqual(ids.slice(20));
	expect(next.body).not.toHaveProperty('@odata.nextLink');
	expect((await askGraph(`${messagesPath()}/${root}/replies?$top=51`)).status).toBe(400);
	expect((await askGraph(`${messagesPath()}/123/replies`)).status).toBe(404);
});

test('a message says who wrote it and whom it names in Graph’s own form, and what an app shows', async () => {
	await teams.say({ user: ana.id, conversation: team.id, text: 'a < b', threadRootId: root, mentionBot: true, mentions: [ana.id] });
	const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Lift out of order' }] };
	const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
	await teams.sayAsApp({ app: teams.tenant.addApp({ name: 'Alerts' }), conversation: team.id, threadRootId: root, attachments });
	const { body } = await askGraph(`${messagesPath()}/${root}/replies`);
	expect(body.value).toMatchObject([
		{
			from: { user: null, application: { displayName: 'Alerts' } },
			body: { content: expect.stringContaining('<attachment id="attachment-0">') },
			attachments: [{ id: 'attachment-0', content: JSON.stringify(card) }],
		},
		{
			replyToId: root,
			from: { user: { id: ana.aadObjectId, displayName: 'Ana Ruiz' } },
			body: { contentType: 'html', content: `<p><at id="0">${teams.botName}</at>&nbsp;<at id="1">Ana Ruiz</at>&nbsp;a &lt; b</p>` },
			mentions: [
				{ id: 0, mentioned: { application: { id: teams.appId } } },
				{ id: 1, mentionText: 'Ana Ruiz', mentioned: { user: { id: ana.aadObjectId } } },
			],
		},
	]);
});

test('a chat is listed too, nothing is told without the right, and nothing of what one person alone sees', async () => {
	const chat = teams.tenant.addGroupChat([ana.id], 'Plans');
	await teams.say({ user: ana.id, conversation: chat.id, text: 'hello' });
	await teams.slash({ user: ana.id, conversation: chat.id, text: 'help' });
	const path = `chats/${encodeURIComponent(chat.id)}/messages`;
	expect((await askGraph(path)).body.value).toHaveLength(1);
	teams.grantGraph({ messages: false });
	expect((await askGraph(path)).status).toBe(403);
	expect((await askGraph(`${messagesPath()}/${root}`)).status).toBe(403);
});
