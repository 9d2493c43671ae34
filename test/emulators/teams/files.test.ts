import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Conversation, type Json, startTeamsEmulator, type Team, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, eventually, startTestEndpoint, type TestBot, type TestEndpoint } from '#test/emulators/teams/test-bot.ts';

const plan = { name: 'plan.pdf', mimetype: 'application/pdf', content: 'the plan' };

let teams: TeamsEmulator;
let endpoint: TestEndpoint;
let bot: TestBot;
let ana: User;
let chat: Conversation;
let team: Team;

beforeEach(async () => {
	endpoint = await startTestEndpoint();
	teams = await startTeamsEmulator({ limits: false, messagingEndpoint: endpoint.url });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	chat = teams.tenant.openPersonalChat(ana.id);
	team = teams.tenant.addTeam({ name: 'Sales' });
});

afterEach(async () => {
	await teams.close();
	await endpoint.close();
});

async function attachments(): Promise<Json[]> {
	await eventually(() => expect(endpoint.received).toHaveLength(1));
	return endpoint.received[0]?.activity.attachments as Json[];
}

async function askGraph(path: string): Promise<Response> {
	const token = await bot.token('https://graph.microsoft.com/.default');
	return fetch(`${teams.graphUrl}/v1.0/${path}`, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
}

function shareId(url: string): string {
	return `u!${Buffer.from(url).toString('base64url')}`;
}

test('a file in a personal chat is a link that is opened without a token, for some minutes', async () => {
	await teams.say({ user: ana.id, conversation: chat.id, text: 'Here', files: [plan] });
	const [file, twin] = await attachments();
	expect(file).toMatchObject({
		contentType: 'application/vnd.microsoft.teams.file.download.info',
		name: 'plan.pdf',
		content: { fileType: 'pdf' },
	});
	expect(twin?.content).toContain('<attachment id=');
	const { downloadUrl } = (file as Json)['content'] as { downloadUrl: string };
	expect(downloadUrl).not.toContain(new URL(teams.serviceUrl).host);
	const opened = await fetch(downloadUrl);
	expect({ status: opened.status, text: await opened.text() }).toEqual({ status: 200, text: 'the plan' });
	expect((await fetch(downloadUrl, { headers: { authorization: `Bearer ${await bot.token()}` } })).status).toBe(401);
	expect((await fetch(String(file?.contentUrl))).status).toBe(401);
	teams.expireDownloads();
	expect((await fetch(downloadUrl)).status).toBe(401);
	expect(teams.callsTo('download').map(({ hasToken }) => hasToken)).toEqual([false, true, false, false]);
});

test('a pasted image is on the connector and needs the token of the bot', async () => {
	const image = { name: 'chart.png', mimetype: 'image/png', content: 'pixels' };
	await teams.say({ user: ana.id, conversation: chat.id, text: 'Look', images: [image] });
	const [attachment] = await attachments();
	expect(attachment?.contentType).toBe('image/*');
	const url = String(attachment?.contentUrl);
	expect(url.startsWith(teams.serviceUrl)).toBe(true);
	expect((await fetch(url)).status).toBe(401);
	const opened = await fetch(url, { headers: { authorization: `Bearer ${await bot.token()}` } });
	expect({ type: opened.headers.get('content-type'), text: await opened.text() }).toEqual({ type: 'image/png', text: 'pixels' });
});

test('a file in a channel is known to Graph alone', async () => {
	const { id } = await teams.say({ user: ana.id, conversation: team.id, text: 'Here', mentionBot: true, files: [plan] });
	const [twin, ...more] = await attachments();
	expect(twin).toMatchObject({ contentType: 'text/html' });
	expect(twin?.content).toContain('<attachment id=');
	expect(more).toEqual([]);
	const message = (await (await askGraph(`teams/${team.aadGroupId}/channels/${team.id}/messages/${id}`)).json()) as { attachments: Json[] };
	expect(message.attachments).toMatchObject([{ contentType: 'reference', name: 'plan.pdf' }]);
	const share = shareId(String(message.attachments[0]?.contentUrl));
	expect(await (await askGraph(`shares/${share}/driveItem`)).json()).toMatchObject({ name: 'plan.pdf', size: 8 });
	const content = await askGraph(`shares/${share}/driveItem/content`);
	expect(content.status).toBe(302);
	expect(await (await fetch(content.headers.get('location') ?? '')).text()).toBe('the plan');
});

test('Graph finds answers below their root and messages of group chats, and nothing at a wrong place', async () => {
	const { id: root } = await teams.say({ user: ana.id, conversation: team.id, text: 'Question', mentionBot: true });
	const { id: reply } = await teams.say({ user: ana.id, conversation: team.id, text: 'More', threadRootId: root, files: [plan] });
	const group = teams.tenant.addGroupChat([ana.id]);
	const { id } = await teams.say({ user: ana.id, conversation: group.id, text: 'Here', files: [plan] });
	const channel = `teams/${team.aadGroupId}/channels/${team.id}`;
	const statuses = async (...paths: string[]) => Promise.all(paths.map(async (path) => (await askGraph(path)).status));
	expect(await statuses(`${channel}/messages/${root}/replies/${reply}`, `chats/${group.id}/messages/${id}`)).toEqual([200, 200]);
	expect(
		await statuses(`${channel}/messages/${reply}`, `teams/other/channels/${team.id}/messages/${root}`, `chats/${team.id}/messages/${root}`),
	).toEqual([404, 404, 404]);
});

test('Graph refuses what is not granted and tokens for the connector', async () => {
	const { id } = await teams.say({ user: ana.id, conversation: team.id, text: 'Here', mentionBot: true, files: [plan] });
	const path = `teams/${team.aadGroupId}/channels/${team.id}/messages/${id}`;
	const message = (await (await askGraph(path)).json()) as { attachments: Json[] };
	teams.grantGraph({ messages: false, files: false });
	expect((await askGraph(path)).status).toBe(403);
	expect((await askGraph(`shares/${shareId(String(message.attachments[0]?.contentUrl))}/driveItem/content`)).status).toBe(403);
	const headers = { authorization: `Bearer ${await bot.token()}` };
	expect((await fetch(`${teams.graphUrl}/v1.0/${path}`, { headers })).status).toBe(401);
});
