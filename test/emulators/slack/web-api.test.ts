import type { ConversationsRepliesResponse, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { createTestClient, errorOf } from '#test/emulators/slack/test-client.ts';

let slack: SlackEmulator;
let client: WebClient;
let ana: User;
let general: Channel;
let nowMs = 1_800_000_000_000;

beforeEach(async () => {
	nowMs = 1_800_000_000_000;
	slack = await startSlackEmulator({ now: () => nowMs });
	client = createTestClient(slack);
	ana = slack.workspace.addUser({ name: 'ana', locale: 'es-ES' });
	general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
});

afterEach(() => slack.close());

test('tells the bot who it is', async () => {
	expect(await client.auth.test()).toMatchObject({ team_id: slack.teamId, user_id: slack.botUserId, bot_id: slack.botId });
});

test('refuses an unknown token with HTTP 200', async () => {
	const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers: { authorization: 'Bearer xoxb-other' } });
	expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'invalid_auth' }]);
});

test('takes the token and the arguments from a form body or a JSON body', async () => {
	const blocks = [{ type: 'markdown', text: 'hello' }];
	const form = new URLSearchParams({ token: slack.botToken, channel: general.id, blocks: JSON.stringify(blocks) });
	await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body: form });
	const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${slack.botToken}` };
	await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body: JSON.stringify({ channel: general.id, blocks }) });
	expect(slack.messages(general.id).map(({ visibleText }) => visibleText)).toEqual(['hello', 'hello']);
	expect(JSON.stringify(slack.calls)).not.toContain(slack.botToken);
});

test('shows posts and updates, and keeps what people saw before', async () => {
	const { ts } = await client.chat.postMessage({ channel: general.id, text: 'one' });
	nowMs += 5;
	await client.chat.update({ channel: general.id, ts: ts ?? '', text: 'two' });
	expect(slack.message(general.id, ts ?? '')).toMatchObject({
		visibleText: 'two',
		edited: true,
		history: [
			{ atMs: nowMs - 5, visibleText: 'one' },
			{ atMs: nowMs, visibleText: 'two' },
		],
	});
});

test('gives strictly rising timestamps even within one instant', async () => {
	const posts = await Promise.all(['a', 'b', 'c'].map((text) => client.chat.postMessage({ channel: general.id, text })));
	const timestamps = posts.map(({ ts }) => ts ?? '').sort();
	expect(new Set(timestamps).size).toBe(3);
	expect(timestamps[0]).toMatch(/^\d{10}\.\d{6}$/);
});

test('an update with text alone takes the blocks away', async () => {
	const { ts = '' } = await client.chat.postMessage({
		channel: general.id,
		text: 'fallback',
		blocks: [{ type: 'markdown', text: 'shown' }],
	});
	expect(slack.message(general.id, ts)).toMatchObject({ visibleText: 'shown', edited: false });
	await client.chat.update({ channel: general.id, ts, text: 'plain' });
	expect(slack.message(general.id, ts)).toMatchObject({ visibleText: 'plain', blocks: [] });
});

test('gives the locale of a user only on request', async () => {
	expect((await client.users.info({ user: ana.id })).user?.locale).toBeUndefined();
	expect((await client.users.info({ user: ana.id, include_locale: true })).user?.locale).toBe('es-ES');
});

test('reads a thread back, with metadata only on request', async () => {
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'question' });
	const metadata = { event_type: 'reply', event_payload: { id: '7' } };
	await client.chat.postMessage({ channel: general.id, thread_ts: ts, text: 'answer', metadata });
	const plain = await client.conversations.replies({ channel: general.id, ts });
	const full = await client.conversations.replies({ channel: general.id, ts, include_all_metadata: true });
	expect(plain.messages?.map(({ text }) => text)).toEqual(['question', 'answer']);
	expect([plain.messages?.[1]?.metadata, full.messages?.[1]?.metadata]).toEqual([undefined, metadata]);
});

test.each([
	['an unknown channel', 'channel_not_found', () => client.chat.postMessage({ channel: 'C404', text: 'x' })],
	['no text at all', 'no_text', () => client.chat.postMessage({ channel: general.id, text: '' })],
	['update of an unknown message', 'message_not_found', () => client.chat.update({ channel: general.id, ts: '1.000001', text: 'x' })],
	['an unknown user', 'user_not_found', () => client.users.info({ user: 'U404' })],
	[
		'a thread that never was',
		'invalid_thread_ts',
		() => client.chat.postMessage({ channel: general.id, thread_ts: '1.000001', text: 'x' }),
	],
	['a stream without a thread', 'invalid_arguments', () => client.apiCall('chat.startStream', { channel: general.id })],
	['an unknown method', 'unknown_method', () => client.apiCall('chat.shout')],
	[
		'metadata without a type',
		'invalid_metadata_format',
		() => client.apiCall('chat.postMessage', { channel: general.id, text: 'x', metadata: {} }),
	],
	['an app-level call with the bot token', 'not_allowed_token_type', () => client.apps.connections.open({})],
])('refuses %s with %s', async (_case, error, call) => {
	expect(await errorOf(call())).toBe(error);
});

test("refuses channels without the bot, archived channels and other people's messages", async () => {
	const outside = slack.workspace.addChannel({ name: 'outside', members: [], botIsMember: false });
	const hidden = slack.workspace.addChannel({ name: 'hidden', members: [], botIsMember: false, isPrivate: true });
	const archived = slack.workspace.addChannel({ name: 'old', members: [], isArchived: true });
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'mine' });
	expect(await errorOf(client.chat.postMessage({ channel: outside.id, text: 'x' }))).toBe('not_in_channel');
	expect(await errorOf(client.chat.postMessage({ channel: hidden.id, text: 'x' }))).toBe('channel_not_found');
	expect(await errorOf(client.chat.postMessage({ channel: archived.id, text: 'x' }))).toBe('is_archived');
	expect(await errorOf(client.chat.update({ channel: general.id, ts, text: 'x' }))).toBe('cant_update_message');
	expect(await errorOf(client.chat.delete({ channel: general.id, ts }))).toBe('cant_delete_message');
});

test('posts nothing where the settings of the workspace or the channel forbid it, and edits and deletes all the same', async () => {
	const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: 'before' });
	general.postingRefusal = 'restricted_action';
	expect(await errorOf(client.chat.postMessage({ channel: general.id, text: 'x' }))).toBe('restricted_action');
	expect(await errorOf(client.chat.postEphemeral({ channel: general.id, user: ana.id, text: 'x' }))).toBe('restricted_action');
	general.postingRefusal = 'restricted_action_thread_locked';
	expect(await errorOf(client.chat.postMessage({ channel: general.id, text: 'x' }))).toBe('restricted_action_thread_locked');
	expect(await errorOf(client.chat.postEphemeral({ channel: general.id, user: ana.id, text: 'x' }))).toBe('ok');
	expect(await errorOf(client.chat.update({ channel: general.id, ts, text: 'after' }))).toBe('ok');
	expect(await errorOf(client.chat.delete({ channel: general.id, ts }))).toBe('ok');
});

test('opens direct conversations, by user id too', async () => {
	const { channel } = await client.conversations.open({ users: ana.id });
	const posted = await client.chat.postMessage({ channel: ana.id, text: 'hello' });
	expect([channel?.id, posted.channel]).toEqual([slack.workspace.openDirect(ana.id).id, channel?.id]);
});

test('pages through members and thread replies', async () => {
	const { ts } = await slack.say({ user: ana.id, channel: general.id, text: 'root' });
	for (const text of ['1', '2', '3']) await slack.say({ user: ana.id, channel: general.id, text, threadTs: ts });
	const seen: (string | undefined)[] = [];
	for await (const page of client.paginate('conversations.replies', { channel: general.id, ts, limit: 2 })) {
		for (const { text } of (page as ConversationsRepliesResponse).messages ?? []) seen.push(text);
	}
	const { members } = await client.conversations.members({ channel: general.id });
	expect([seen, members]).toEqual([
		['root', '1', '2', '3'],
		[ana.id, slack.botUserId],
	]);
});

test('clears the thread status when the app posts, and after two minutes', async () => {
	const { ts: thread_ts } = await slack.say({ user: ana.id, channel: general.id, text: 'question' });
	const status = () => slack.status(general.id, thread_ts);
	const set = () => client.assistant.threads.setStatus({ channel_id: general.id, thread_ts, status: 'is thinking' });
	await set();
	expect(status()).toBe('is thinking');
	await client.chat.postMessage({ channel: general.id, thread_ts, text: 'answer' });
	expect(status()).toBe('');
	await set();
	nowMs += 120_000;
	expect(status()).toBe('');
});

test('shows ephemeral messages to one person and prompts in a direct conversation', async () => {
	const direct = slack.workspace.openDirect(ana.id);
	const prompts = [{ title: 'Holidays', message: 'How many days do I have?' }];
	await client.chat.postEphemeral({ channel: general.id, user: ana.id, text: 'only you' });
	await client.assistant.threads.setSuggestedPrompts({ channel_id: direct.id, prompts });
	expect(slack.ephemerals(general.id, ana.id)).toMatchObject([{ text: 'only you', blocks: [] }]);
	expect(slack.suggestedPrompts(direct.id)).toEqual(prompts);
	const tooMany = Array.from({ length: 5 }, () => ({ title: 'a', message: 'b' }));
	expect(await errorOf(client.assistant.threads.setSuggestedPrompts({ channel_id: direct.id, prompts: tooMany }))).toBe(
		'invalid_arguments',
	);
});

test('gives file bytes with the bot token and a login page without it', async () => {
	const content = 'days;24';
	const { ts } = await slack.say({
		user: ana.id,
		channel: general.id,
		text: '',
		files: [{ name: 'days.csv', mimetype: 'text/csv', content }],
	});
	const { file } = await client.files.info({ file: slack.message(general.id, ts)?.files[0]?.id ?? '' });
	const url = file?.url_private_download ?? '';
	const good = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
	const bad = await fetch(url);
	expect([good.status, good.headers.get('content-type'), await good.text()]).toEqual([200, 'text/csv', content]);
	expect([bad.status, bad.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
	expect(file?.size).toBe(content.length);
});

test.each([
	['429', 'slack_webapi_rate_limited_error', 0],
	['500', 'slack_webapi_http_error', 0],
	['502', 'slack_webapi_http_error', 0],
	['stored-then-502', 'slack_webapi_http_error', 1],
	['reset', 'slack_webapi_request_error', 0],
	['error', 'internal_error', 0],
] as const)('fails with %s as ordered, once', async (kind, error, stored) => {
	slack.fail({ method: 'chat.postMessage', kind });
	expect(await errorOf(client.chat.postMessage({ channel: general.id, text: 'first' }))).toBe(error);
	expect(slack.messages(general.id)).toHaveLength(stored);
	expect(await errorOf(client.chat.postMessage({ channel: general.id, text: 'second' }))).toBe('ok');
});

test('leaves a call without an answer when told to hang', async () => {
	slack.fail({ method: 'auth.test', kind: 'hang' });
	const signal = AbortSignal.timeout(50);
	const call = fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers: { authorization: `Bearer ${slack.botToken}` }, signal });
	await expect(call).rejects.toThrow('timeout');
	expect(slack.callsTo('auth.test')).toMatchObject([{ answeredAtMs: null, httpStatus: null }]);
});

test('carries a call out and leaves it without an answer when told to', async () => {
	slack.fail({ method: 'chat.postMessage', kind: 'stored-then-hang' });
	const signal = AbortSignal.timeout(50);
	const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' };
	const body = JSON.stringify({ channel: general.id, text: 'kept' });
	await expect(fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body, signal })).rejects.toThrow('timeout');
	expect(slack.messages(general.id)).toMatchObject([{ visibleText: 'kept' }]);
});

test('tells listeners about every visible change until they leave', async () => {
	const seen: string[] = [];
	const leave = slack.onChange(({ type }) => seen.push(type));
	const { ts = '' } = await client.chat.postMessage({ channel: general.id, text: 'one' });
	await client.reactions.add({ channel: general.id, timestamp: ts, name: 'eyes' });
	await client.chat.delete({ channel: general.id, ts });
	leave();
	await client.chat.postMessage({ channel: general.id, text: 'unseen' });
	expect(seen).toEqual(['posted', 'reaction', 'deleted']);
	expect(slack.message(general.id, ts)).toMatchObject({ deleted: true, visibleText: '', reactions: ['eyes'] });
});

test('lists user groups and their people', async () => {
	const group = slack.workspace.addUserGroup({ handle: 'admins', userIds: [ana.id] });
	const { usergroups } = await client.usergroups.list();
	const { users } = await client.usergroups.users.list({ usergroup: group.id });
	expect([usergroups?.map(({ handle }) => handle), users]).toEqual([['admins'], [ana.id]]);
	expect(await errorOf(client.usergroups.users.list({ usergroup: 'S404' }))).toBe('no_such_subteam');
});

test('publishes the Home tab unless somebody else did meanwhile', async () => {
	const view = { type: 'home' as const, blocks: [] };
	const first = await client.views.publish({ user_id: ana.id, view });
	const hash = first.view?.hash ?? '';
	expect(await errorOf(client.views.publish({ user_id: ana.id, view, hash }))).toBe('ok');
	expect(await errorOf(client.views.publish({ user_id: ana.id, view, hash }))).toBe('hash_conflict');
});

test('names a session and says what state it is in', async () => {
	const { ts: thread_ts } = await slack.say({ user: ana.id, channel: general.id, text: 'question' });
	const session = { channel_id: general.id, thread_ts };
	await client.apiCall('agents.sessions.setStatus', { ...session, status: 'processing', title: 'Holidays' });
	await client.apiCall('agents.sessions.rename', { ...session, title: 'Days off' });
	expect(slack.session(general.id, thread_ts)).toEqual({ status: 'processing', title: 'Days off' });
	expect(await errorOf(client.apiCall('agents.sessions.setStatus', { ...session, status: 'asleep' }))).toBe('invalid_arguments');
});

test('cuts posted text after 40,000 characters with a warning, and refuses 4,001 in an update', async () => {
	const long = await client.chat.postMessage({ channel: general.id, text: 'x'.repeat(40_001) });
	expect([slack.messages(general.id)[0]?.text.length, long.response_metadata?.warnings]).toEqual([40_000, ['message_truncated']]);
	expect(await errorOf(client.chat.update({ channel: general.id, ts: long.ts ?? '', text: 'x'.repeat(4_001) }))).toBe('msg_too_long');
	expect(await errorOf(client.chat.update({ channel: general.id, ts: long.ts ?? '', text: 'x'.repeat(4_000) }))).toBe('ok');
});

test('takes markdown_text up to 12,000 characters and never beside text', async () => {
	const post = (more: object) => errorOf(client.apiCall('chat.postMessage', { channel: general.id, ...more }));
	expect(await post({ markdown_text: 'x'.repeat(12_000) })).toBe('ok');
	expect(await post({ markdown_text: 'x'.repeat(12_001) })).toBe('msg_too_long');
	expect(await post({ markdown_text: 'x', text: 'y' })).toBe('markdown_text_conflict');
});

test('says where the blocks are wrong', async () => {
	const answer = client.apiCall('chat.postMessage', {
		channel: general.id,
		text: 'x',
		blocks: [{ type: 'divider' }, { type: 'hologram' }],
	});
	await expect(answer).rejects.toMatchObject({
		data: { error: 'invalid_blocks', response_metadata: { messages: [expect.stringContaining('/blocks/1/type')] } },
	});
});

test('takes the ordered time for each call', async () => {
	const timed = await startSlackEmulator({ latencyMs: 40 });
	await createTestClient(timed).auth.test();
	const [call] = timed.callsTo('auth.test');
	await timed.close();
	expect((call?.answeredAtMs ?? 0) - (call?.atMs ?? 0)).toBeGreaterThanOrEqual(38);
});
