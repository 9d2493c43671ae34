import { createHmac } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { createTestClient, eventually, startTestApp, type TestApp } from '#test/emulators/slack/test-client.ts';

let app: TestApp;
let slack: SlackEmulator;
let client: WebClient;
let ana: User;
let general: Channel;

beforeEach(async () => {
	app = await startTestApp();
	await start();
});

afterEach(() => Promise.all([slack.close(), app.close()]));

async function start(options: SlackEmulatorOptions = {}): Promise<void> {
	await slack?.close();
	slack = await startSlackEmulator({ eventsUrl: app.url, retryDelaysMs: [0, 10, 20], ...options });
	client = createTestClient(slack);
	ana = slack.workspace.addUser({ name: 'ana' });
	general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
}

const mention = () => slack.say({ user: ana.id, channel: general.id, text: `<@${slack.botUserId}> hello` });

/** Waits until the app got so many deliveries. Their acknowledgements may still be on the way. */
async function delivered(count: number): Promise<void> {
	await eventually(() => {
		expect(app.received).toHaveLength(count);
		expect(slack.deliveries).toHaveLength(count);
	});
}

test('a mention causes a message and an app_mention with ids of their own, in either order', async () => {
	const orders = new Set<string>();
	for (let round = 1; round <= 60 && orders.size < 2; round += 1) {
		const { ts } = await mention();
		await delivered(round * 2);
		const [first, second] = slack.deliveries.slice(-2);
		expect(first?.eventId).not.toBe(second?.eventId);
		expect([first?.key, second?.key]).toEqual([`${general.id}:${ts}`, `${general.id}:${ts}`]);
		orders.add(`${first?.type} ${second?.type}`);
	}
	expect([...orders].sort()).toEqual(['app_mention message', 'message app_mention']);
});

test('an edit of a message that mentions the bot then causes an app_mention too, with the mark of the edit; a preview causes none', async () => {
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await delivered(1);
	await slack.edit({ user: ana.id, channel: general.id, ts, text: `<@${slack.botUserId}> hello` });
	await delivered(3);
	const mentioned = app.events().find(({ event }) => event['type'] === 'app_mention');
	expect(mentioned?.event).toMatchObject({ ts, text: `<@${slack.botUserId}> hello`, edited: { user: ana.id, ts: expect.any(String) } });
	expect(mentioned?.event['event_ts']).not.toBe(ts);
	await slack.showPreviews({ channel: general.id, ts, attachments: [{ title: 'A page', from_url: 'https://a.example' }] });
	await delivered(4);
	expect(app.events().at(-1)?.event).toMatchObject({ type: 'message', subtype: 'message_changed' });
	await slack.edit({ user: ana.id, channel: general.id, ts, text: 'nobody' });
	await delivered(5);
	expect(app.events().filter(({ event }) => event['type'] === 'app_mention')).toHaveLength(1);
});

test('signs what it sends', async () => {
	await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await delivered(1);
	const { headers, body } = app.received[0] ?? { headers: {}, body: '' };
	const digest = createHmac('sha256', slack.signingSecret).update(`v0:${headers['x-slack-request-timestamp']}:${body}`).digest('hex');
	expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
	expect(JSON.parse(body)).toMatchObject({
		type: 'event_callback',
		team_id: slack.teamId,
		event: { text: 'hello', channel_type: 'channel' },
	});
});

test('delivers again with the reason until it is acknowledged', async () => {
	app.nextStatuses = [500, 500];
	await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await delivered(3);
	expect(app.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
		[undefined, undefined],
		['1', 'http_error'],
		['2', 'http_error'],
	]);
	expect(new Set(app.events().map(({ event_id }) => event_id)).size).toBe(1);
	await eventually(() => expect(slack.deliveries.map(({ httpStatus }) => httpStatus)).toEqual([500, 500, 200]));
});

test('gives up after three more deliveries', async () => {
	app.answer = { status: 503 };
	await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await eventually(() =>
		expect(slack.deliveries.map(({ attempt, httpStatus }) => [attempt, httpStatus])).toEqual([
			[0, 503],
			[1, 503],
			[2, 503],
			[3, 503],
		]),
	);
});

test('an app that does not answer in time hears of it again', async () => {
	await start({ ackTimeoutMs: 30 });
	app.answer = 'silence';
	await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await eventually(() => expect(app.received.length).toBeGreaterThan(1));
	expect(app.received[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
	expect(slack.deliveries[0]?.httpStatus).toBeNull();
});

test('does not deliver again when the app asks for that', async () => {
	app.answer = { status: 500, headers: { 'x-slack-no-retry': '1' } };
	await slack.say({ user: ana.id, channel: general.id, text: 'first' });
	await eventually(() => expect(slack.deliveries[0]?.httpStatus).toBe(500));
	app.answer = { status: 200 };
	await slack.say({ user: ana.id, channel: general.id, text: 'second' });
	await eventually(() => expect(slack.deliveries.at(-1)?.httpStatus).toBe(200));
	expect(app.events().map(({ event }) => event.text)).toEqual(['first', 'second']);
});

test('can deliver twice and lose an acknowledgement', async () => {
	slack.duplicateDeliveries(true);
	await slack.say({ user: ana.id, channel: general.id, text: 'hello' });
	await eventually(() => expect(slack.deliveries.map(({ httpStatus }) => httpStatus)).toEqual([200, 200]));
	expect(app.events()[0]?.event_id).toBe(app.events()[1]?.event_id);
	slack.duplicateDeliveries(false);
	slack.dropAcks(1);
	await slack.say({ user: ana.id, channel: general.id, text: 'again' });
	await delivered(4);
	await eventually(() =>
		expect(slack.deliveries.slice(2)).toMatchObject([
			{ attempt: 0, httpStatus: null },
			{ attempt: 1, httpStatus: 200 },
		]),
	);
});

test("echoes the app's own posts and edits with the bot as author", async () => {
	const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: `<@${slack.botUserId}> one` });
	await delivered(1);
	await client.chat.update({ channel: general.id, ts, text: 'two' });
	await delivered(2);
	await client.chat.delete({ channel: general.id, ts });
	await delivered(3);
	const own = { bot_id: slack.botId, user: slack.botUserId, app_id: slack.appId, ts };
	expect(app.events().map(({ event }) => event)).toMatchObject([
		{ type: 'message', ...own },
		{ subtype: 'message_changed', message: { ...own, text: 'two', edited: { user: slack.botUserId } }, previous_message: own },
		{ subtype: 'message_deleted', deleted_ts: ts, previous_message: own },
	]);
});

test('tells of direct messages, edits, files, strangers, the opened tab and Stop', async () => {
	const stranger = slack.workspace.addUser({ name: 'sam', isStranger: true });
	const shared = slack.workspace.addChannel({ name: 'shared', members: [stranger.id], isExtShared: true });
	const direct = slack.workspace.openDirect(ana.id);
	const file = { name: 'a.txt', mimetype: 'text/plain', content: 'a' };
	const steps: [() => Promise<unknown>, object][] = [
		[() => slack.say({ user: ana.id, channel: direct.id, text: 'hi' }), { event: { type: 'message', channel_type: 'im', user: ana.id } }],
		[
			() => slack.say({ user: ana.id, channel: direct.id, text: '', files: [file] }),
			{ event: { subtype: 'file_share', files: [{ name: 'a.txt', size: 1 }] } },
		],
		[
			() => slack.say({ user: stranger.id, channel: shared.id, text: '', files: [file] }),
			{ is_ext_shared_channel: true, event: { user_team: stranger.teamId, files: [{ file_access: 'check_file_info' }] } },
		],
		[() => slack.openMessagesTab(ana.id), { event: { type: 'app_home_opened', tab: 'messages', channel: direct.id } }],
	];
	for (const [index, [act, expected]] of steps.entries()) {
		await act();
		await delivered(index + 1);
		expect(JSON.parse(app.received[index]?.body ?? '')).toMatchObject(expected);
	}
	const { ts: thread_ts } = await slack.say({ user: ana.id, channel: direct.id, text: 'question' });
	const { ts } = await client.chat.startStream({ channel: direct.id, thread_ts, markdown_text: 'x' });
	await delivered(6);
	await slack.stopStreaming({ user: ana.id, channel: direct.id, threadTs: thread_ts });
	await delivered(7);
	expect(app.events()[6]?.event).toMatchObject({ type: 'agent_session_stopped', user: ana.id, thread_ts, streaming_message_ts: [ts] });
});

test('says nothing of channels that the bot is not in', async () => {
	const outside = slack.workspace.addChannel({ name: 'outside', members: [ana.id], botIsMember: false });
	await slack.say({ user: ana.id, channel: outside.id, text: `<@${slack.botUserId}> hello` });
	await slack.say({ user: ana.id, channel: general.id, text: 'heard' });
	await delivered(1);
	expect(app.events()[0]?.event.text).toBe('heard');
});

test('announces that the app was cut off for a minute', async () => {
	await slack.announceAppRateLimited();
	expect(JSON.parse(app.received[0]?.body ?? '')).toMatchObject({
		type: 'app_rate_limited',
		team_id: slack.teamId,
		api_app_id: slack.appId,
	});
});
