import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { createTestClient, errorOf, eventually, startTestApp, type TestApp } from '#test/emulators/slack/test-client.ts';

let app: TestApp;
let slack: SlackEmulator;
let ana: User;
let general: Channel;
beforeEach(async () => {
	app = await startTestApp();
	slack = await startSlackEmulator({ eventsUrl: app.url, enterpriseId: 'E0EMULATED' });
	ana = slack.workspace.addUser({ name: 'ana', realName: 'Ana Ruiz', teamId: 'T0SISTER', enterpriseTeams: [slack.teamId, 'T0SISTER'] });
	general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
});
afterEach(() => Promise.all([slack.close(), app.close()]));

test('what people type comes as text and as rich text', async () => {
	await slack.say({
		user: ana.id,
		channel: general.id,
		text: `<@${slack.botUserId}> 1 &lt; 2 in <#${general.id}|general>: <https://a.test|a>`,
	});
	await eventually(() =>
		expect(
			app
				.events()
				.map(({ event }) => event['type'])
				.sort(),
		).toEqual(['app_mention', 'message']),
	);
	expect(app.events()[0]?.event['blocks']).toMatchObject([
		{
			elements: [
				{
					elements: [
						{ type: 'user', user_id: slack.botUserId },
						{ type: 'text', text: ' 1 < 2 in ' },
						{ type: 'channel', channel_id: general.id },
						{ type: 'text', text: ': ' },
						{ type: 'link', url: 'https://a.test', text: 'a' },
					],
				},
			],
		},
	]);
});

test('a mention in rich text alone is one', async () => {
	const elements = [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: slack.botUserId }] }];
	await slack.say({ user: ana.id, channel: general.id, text: '', blocks: [{ type: 'rich_text', elements }] });
	await eventually(() =>
		expect(
			app
				.events()
				.map(({ event }) => event['type'])
				.sort(),
		).toEqual(['app_mention', 'message']),
	);
});

test('a message that is passed on brings its author, time, words and files', async () => {
	const files = [{ name: 'a.txt', mimetype: 'text/plain', content: 'a' }];
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'look', files });
	await slack.forward({ user: ana.id, channel: general.id, text: '', of: { channel: general.id, ts } });
	const { messages } = await createTestClient(slack).conversations.history({ channel: general.id });
	const shared = { is_share: true, author_name: 'ana', author_subname: 'Ana Ruiz', ts, text: 'look', files: [{ name: 'a.txt' }] };
	expect(messages?.[0]).toMatchObject({ user: ana.id, text: '', attachments: [shared] });
	await expect(slack.forward({ user: ana.id, channel: general.id, text: '', of: { channel: general.id, ts: '1.1' } })).rejects.toThrow(
		TypeError,
	);
});

test('an app is told by its profile, a webhook by its id, which can be looked up', async () => {
	const client = createTestClient(slack);
	const other = slack.workspace.addApp({ name: 'CI' });
	await slack.sayAsApp({ app: other, channel: general.id, text: 'one' });
	await slack.sayAsApp({ app: other, channel: general.id, webhook: { username: 'Nightly' }, attachments: [{ text: 'two' }] });
	const { messages = [] } = await client.conversations.history({ channel: general.id });
	expect(messages[1]).toMatchObject({ user: other.userId, bot_id: other.botId, bot_profile: { name: 'CI' } });
	expect(messages[0]).toMatchObject({ subtype: 'bot_message', username: 'Nightly', bot_id: other.botId, attachments: [{ text: 'two' }] });
	expect(messages[0]).not.toHaveProperty('user');
	expect((await client.bots.info({ bot: other.botId })).bot).toMatchObject({ name: 'CI', user_id: other.userId });
	expect(await errorOf(client.bots.info({ bot: 'B0NOBODY' }))).toBe('bot_not_found');
});

test('previews change a message without the mark of an edit', async () => {
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: '<https://a.test>' });
	await slack.showPreviews({ channel: general.id, ts, attachments: [{ title: 'A' }] });
	await eventually(() => expect(app.events()).toHaveLength(2));
	const changed = app.events().find(({ event }) => event['subtype'] === 'message_changed')?.event;
	expect(changed?.['message']).toMatchObject({ attachments: [{ title: 'A' }] });
	expect(changed?.['message']).not.toHaveProperty('edited');
});

test('somebody of a sister workspace is told by the enterprise that both belong to', async () => {
	const client = createTestClient(slack);
	expect(await client.auth.test()).toMatchObject({ enterprise_id: 'E0EMULATED', team_id: slack.teamId });
	const enterprise = { enterprise_id: 'E0EMULATED', teams: [slack.teamId, 'T0SISTER'] };
	expect((await client.users.info({ user: ana.id })).user).toMatchObject({ team_id: 'T0SISTER', enterprise_user: enterprise });
	expect((await client.users.info({ user: slack.botUserId })).user).not.toHaveProperty('enterprise_user');
	await slack.say({ user: ana.id, channel: general.id, text: 'hi' });
	await eventually(() =>
		expect(JSON.parse(app.received[0]?.body ?? '{}')).toMatchObject({ enterprise_id: 'E0EMULATED', event: { user_team: 'T0SISTER' } }),
	);
});

test('Slackbot is there, and not called a bot', async () => {
	await slack.sayAsSlackbot({ channel: general.id, text: 'hi' });
	await eventually(() => expect(app.events()[0]?.event).toMatchObject({ user: 'USLACKBOT', text: 'hi' }));
	expect(app.events()[0]?.event).not.toHaveProperty('bot_id');
	expect((await createTestClient(slack).users.info({ user: 'USLACKBOT' })).user).toMatchObject({ is_bot: false });
});
