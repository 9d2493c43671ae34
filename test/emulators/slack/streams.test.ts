import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { createTestClient, errorOf } from '#test/emulators/slack/test-client.ts';

let slack: SlackEmulator;
let client: WebClient;
let ana: User;
let direct: Channel;
let thread_ts: string;

beforeEach(async () => {
	slack = await startSlackEmulator();
	client = createTestClient(slack);
	ana = slack.workspace.addUser({ name: 'ana' });
	direct = slack.workspace.openDirect(ana.id);
	({ ts: thread_ts } = await slack.say({ user: ana.id, channel: direct.id, text: 'question' }));
});

afterEach(() => slack.close());

async function open(markdown_text = 'one '): Promise<{ channel: string; ts: string }> {
	const { ts = '' } = await client.chat.startStream({ channel: direct.id, thread_ts, markdown_text });
	return { channel: direct.id, ts };
}

test('concatenates what is appended and completes on stop', async () => {
	const place = await open();
	await client.chat.appendStream({ ...place, markdown_text: 'two ' });
	expect(slack.message(place.channel, place.ts)).toMatchObject({ visibleText: 'one two ', streaming: 'in_progress', threadTs: thread_ts });
	const element = { type: 'button', action_id: 'retry', value: '7', text: { type: 'plain_text', text: 'Retry' } } as const;
	await client.chat.stopStream({ ...place, markdown_text: 'three', blocks: [{ type: 'actions', elements: [element] }] });
	expect(slack.message(place.channel, place.ts)).toMatchObject({
		visibleText: 'one two three',
		streaming: 'completed',
		buttons: [{ actionId: 'retry', value: '7', label: 'Retry' }],
	});
	expect(slack.message(place.channel, place.ts)?.history.map(({ visibleText }) => visibleText)).toEqual([
		'one ',
		'one two ',
		'one two three',
	]);
});

test('takes 50 blocks a message, the translated text and what stands below it together', async () => {
	const place = await open('text\n\n'.repeat(40));
	const elements = [{ type: 'button', action_id: 'retry', value: '7', text: { type: 'plain_text', text: 'Retry' } } as const];
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'text\n\n'.repeat(11) }))).toBe('msg_blocks_too_many');
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'text\n\n'.repeat(10) }))).toBe('ok');
	expect(await errorOf(client.chat.stopStream({ ...place, blocks: [{ type: 'actions', elements }] }))).toBe('msg_blocks_too_many');
	expect(await errorOf(client.chat.stopStream(place))).toBe('ok');
});

test('works with the chatStream helper of the SDK', async () => {
	const streamer = client.chatStream({ channel: direct.id, thread_ts, buffer_size: 1 });
	await streamer.append({ markdown_text: 'Hello, ' });
	await streamer.append({ markdown_text: 'world' });
	await streamer.stop();
	expect(slack.messages(direct.id, { threadTs: thread_ts }).at(-1)).toMatchObject({ visibleText: 'Hello, world', streaming: 'completed' });
});

test('outside direct messages the recipient is required', async () => {
	const general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'question' });
	const place = { channel: general.id, thread_ts: ts, markdown_text: 'x' };
	const recipient = { recipient_user_id: ana.id };
	expect(await errorOf(client.chat.startStream(place))).toBe('missing_recipient_user_id');
	expect(await errorOf(client.chat.startStream({ ...place, ...recipient }))).toBe('missing_recipient_team_id');
	expect(await errorOf(client.chat.startStream({ ...place, ...recipient, recipient_team_id: slack.teamId }))).toBe('ok');
});

test.each([
	['text and chunks together', { markdown_text: 'a', chunks: [{ type: 'markdown_text', text: 'b' }] }, 'invalid_chunks'],
	['a chunk of no known type', { chunks: [{ type: 'song' }] }, 'invalid_chunks'],
	['nothing', {}, 'no_text'],
	['12,001 characters', { markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
])('appending %s is refused', async (_case, addition, error) => {
	const place = await open();
	expect(await errorOf(client.apiCall('chat.appendStream', { ...place, ...addition }))).toBe(error);
	expect(slack.message(place.channel, place.ts)?.visibleText).toBe('one ');
});

test('counts the cap on all text of a message in UTF-8 bytes', async () => {
	const place = await open('é'.repeat(5_000));
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'é'.repeat(501) }))).toBe('msg_too_long');
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'é'.repeat(500) }))).toBe('ok');
});

test('ends a stream after five minutes, and only an update helps then', async () => {
	const place = await open();
	slack.ageStream(place.channel, place.ts, 5 * 60_000 + 1);
	expect(slack.message(place.channel, place.ts)?.streaming).toBe('errored');
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'x' }))).toBe('message_not_in_streaming_state');
	expect(await errorOf(client.chat.stopStream(place))).toBe('message_not_in_streaming_state');
	await client.chat.update({ ...place, text: 'whole' });
	expect(slack.message(place.channel, place.ts)).toMatchObject({ visibleText: 'whole', streaming: undefined });
});

test('refuses an update while the stream runs', async () => {
	const place = await open();
	expect(await errorOf(client.chat.update({ ...place, text: 'x' }))).toBe('streaming_state_conflict');
	await client.chat.stopStream(place);
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'x' }))).toBe('message_not_in_streaming_state');
	expect(await errorOf(client.chat.update({ ...place, text: 'x' }))).toBe('ok');
});

test('takes no more text after the person pressed Stop, but lets the app close the stream', async () => {
	const place = await open();
	await slack.stopStreaming({ user: ana.id, channel: direct.id, threadTs: thread_ts });
	expect(await errorOf(client.chat.appendStream({ ...place, markdown_text: 'x' }))).toBe('stopped_by_user');
	expect(await errorOf(client.chat.stopStream({ ...place, session_status: 'active' }))).toBe('ok');
	expect(slack.message(place.channel, place.ts)).toMatchObject({ visibleText: 'one ', streaming: 'completed' });
	expect(slack.session(direct.id, thread_ts)?.status).toBe('active');
});

test("does not append to messages that are not streams or not the bot's", async () => {
	const { ts = '' } = await client.chat.postMessage({ channel: direct.id, text: 'plain' });
	const append = (of: string) => errorOf(client.chat.appendStream({ channel: direct.id, ts: of, markdown_text: 'x' }));
	expect([await append(ts), await append(thread_ts), await append('1.000001')]).toEqual([
		'message_not_in_streaming_state',
		'message_not_owned_by_app',
		'message_not_found',
	]);
});
