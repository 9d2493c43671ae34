import { App, HTTPReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { createTestClient, errorOf, eventually, quiet } from '#test/emulators/slack/test-client.ts';

let slack: SlackEmulator;
let app: App;
let client: WebClient;
let ana: User;
let general: Channel;
let nowMs = 1_800_000_000_000;

beforeEach(async () => {
	slack = await startSlackEmulator({ now: () => nowMs, ackTimeoutMs: 1_000 });
	const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, endpoints: '/slack/events', logger: quiet });
	const { botToken, botId, botUserId } = slack;
	const authorize = async () => ({ botToken, botId, botUserId, teamId: slack.teamId });
	app = new App({ receiver, authorize, clientOptions: { slackApiUrl: slack.apiUrl }, convoStore: false, logger: quiet });
	const server = (await receiver.start(0)) as { address(): { port: number } };
	slack.setEventsUrl(`http://127.0.0.1:${server.address().port}/slack/events`);
	client = createTestClient(slack);
	ana = slack.workspace.addUser({ name: 'ana' });
	general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
});

afterEach(async () => {
	await app.stop();
	await slack.close();
});

const feedback = {
	type: 'feedback_buttons',
	action_id: 'rate',
	positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'up' },
	negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'down' },
} as const;

async function postButtons(): Promise<string> {
	const blocks = [{ type: 'context_actions' as const, elements: [feedback] }];
	const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: 'answer', blocks });
	return ts;
}

test.each([
	['a good signature', {}, 200],
	['a bad signature', { signature: 'bad' }, 401],
	['no signature', { signature: 'missing' }, 401],
	['a timestamp six minutes old', { timestampOffsetSeconds: -360 }, 401],
] as const)('Bolt sees %s', async (_case, forgery, status) => {
	const answer = await slack.deliver(JSON.stringify({ type: 'url_verification', challenge: 'abc' }), forgery);
	expect(answer.status).toBe(status);
	if (status === 200) expect(JSON.parse(answer.body)).toEqual({ challenge: 'abc' });
});

test('Bolt answers the check of its certificate without a signature', async () => {
	const answer = await slack.deliver('ssl_check=1', { signature: 'missing', contentType: 'application/x-www-form-urlencoded' });
	expect(answer.status).toBe(200);
});

test('Bolt hears a mention and answers in the thread', async () => {
	app.event('app_mention', async ({ event, say }) => void (await say({ text: 'hello', thread_ts: event.ts })));
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: `<@${slack.botUserId}> hi` });
	await eventually(() => expect(slack.messages(general.id, { threadTs: ts })).toHaveLength(2));
	expect(slack.messages(general.id, { threadTs: ts })[1]).toMatchObject({ visibleText: 'hello', botId: slack.botId, threadTs: ts });
});

test('a press reaches the app with the value of the half that was pressed', async () => {
	const seen: unknown[] = [];
	app.action('rate', async ({ ack, body, action, respond }) => {
		await ack();
		seen.push(body.user.id, 'value' in action ? action.value : undefined, body.type);
		await respond({ text: 'Thank you', replace_original: false });
	});
	const ts = await postButtons();
	expect(slack.message(general.id, ts)?.buttons.map(({ value, label }) => [value, label])).toEqual([
		['up', 'Good'],
		['down', 'Bad'],
	]);
	const { responses } = await slack.press({ user: ana.id, channel: general.id, ts, actionId: 'rate', value: 'down' });
	await eventually(() => expect(responses).toMatchObject([{ text: 'Thank you', inChannel: false }]));
	expect(seen).toEqual([ana.id, 'down', 'block_actions']);
	expect(slack.ephemerals(general.id, ana.id)).toMatchObject([{ text: 'Thank you', blocks: [] }]);
});

test('a button that is not there cannot be pressed', async () => {
	const ts = await postButtons();
	await expect(slack.press({ user: ana.id, channel: general.id, ts, actionId: 'other' })).rejects.toThrow('no button other');
});

test('a command gets its acknowledgement and its later answers', async () => {
	app.command('/ask', async ({ ack, respond, command }) => {
		await ack(`You asked: ${command.text}`);
		await respond({ text: 'visible to all', response_type: 'in_channel' });
	});
	const { ackText, responses } = await slack.slash({ user: ana.id, channel: general.id, command: '/ask', text: 'why?' });
	expect(ackText).toBe('You asked: why?');
	await eventually(() => expect(responses).toMatchObject([{ text: 'visible to all', inChannel: true }]));
	expect(slack.messages(general.id).map(({ visibleText }) => visibleText)).toEqual(['visible to all']);
});

test('a command nobody handles fails for the person', async () => {
	const result = await slack.slash({ user: ana.id, channel: general.id, command: '/nobody', text: '' });
	expect(result.failure).toBe('http_timeout');
});

test('a response_url works five times and for thirty minutes', async () => {
	const urls: string[] = [];
	app.command('/ask', async ({ ack, command }) => {
		urls.push(command.response_url);
		await ack();
	});
	for (const text of ['a', 'b']) await slack.slash({ user: ana.id, channel: general.id, command: '/ask', text });
	const answer = async (url = '') => {
		const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' });
		return response.status === 200 ? 'ok' : ((await response.json()) as { error: string }).error;
	};
	const outcomes: string[] = [];
	for (let use = 0; use < 6; use += 1) outcomes.push(await answer(urls[0]));
	expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'used_url']);
	nowMs += 30 * 60_000 + 1;
	expect(await answer(urls[1])).toBe('expired_url');
});

test('a trigger opens one view, within three seconds', async () => {
	const triggers: string[] = [];
	app.command('/ask', async ({ ack, command }) => {
		triggers.push(command.trigger_id);
		await ack();
	});
	for (const text of ['a', 'b']) await slack.slash({ user: ana.id, channel: general.id, command: '/ask', text });
	const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'One moment' }, blocks: [] };
	const open = (trigger_id = 'never') => errorOf(client.views.open({ trigger_id, view }));
	expect([await open(triggers[0]), await open(triggers[0]), await open()]).toEqual(['ok', 'exchanged_trigger_id', 'invalid_trigger_id']);
	nowMs += 3_001;
	expect(await open(triggers[1])).toBe('expired_trigger_id');
});
