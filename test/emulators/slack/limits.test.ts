import { afterEach, expect, test } from 'vitest';
import { type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { createTestClient, errorOf } from '#test/emulators/slack/test-client.ts';

let slack: SlackEmulator;
let nowMs = 1_800_000_000_000;

afterEach(() => slack.close());

async function start(limits?: SlackEmulatorOptions['limits']) {
	slack = await startSlackEmulator({ now: () => nowMs, ...(limits !== undefined && { limits }) });
	const client = createTestClient(slack);
	const channels = ['one', 'two'].map((name) => slack.workspace.addChannel({ name, members: [] }).id);
	const post = (channel = channels[0] ?? '') => errorOf(client.chat.postMessage({ channel, text: 'x' }));
	return { client, channels, post };
}

/** How many calls in a row pass before one is refused. */
async function passing(call: () => Promise<string>, most = 200): Promise<number> {
	for (let count = 0; count < most; count += 1) if ((await call()) !== 'ok') return count;
	return most;
}

test('updates share 50 per minute in the whole workspace, in a sliding window', async () => {
	const { client, channels } = await start();
	const targets = await Promise.all(
		channels.map(async (channel) => ({ channel, ts: (await client.chat.postMessage({ channel, text: 'x' })).ts ?? '' })),
	);
	const update = (index = 0) => errorOf(client.chat.update({ channel: '', ts: '', ...targets[index], text: 'y' }));
	expect(await passing(() => update(0), 25)).toBe(25);
	nowMs += 30_000;
	expect(await passing(() => update(1))).toBe(25);
	nowMs += 30_000;
	expect(await passing(() => update(0))).toBe(25);
});

test('answers 429 with whole seconds until the next call may pass', async () => {
	const { client } = await start({ 'auth.test': { limit: 1, windowMs: 10_000, scope: 'workspace' } });
	await client.auth.test();
	nowMs += 2_500;
	const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers: { authorization: `Bearer ${slack.botToken}` } });
	expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
		429,
		'8',
		{ ok: false, error: 'ratelimited' },
	]);
	nowMs += 7_500;
	expect(await errorOf(client.auth.test())).toBe('ok');
});

test('posts pass at one per second per channel, with a burst of five', async () => {
	const { post, channels } = await start();
	expect(await passing(() => post())).toBe(5);
	expect(await passing(() => post(channels[1]))).toBe(5);
	nowMs += 1_000;
	expect(await passing(() => post())).toBe(1);
	nowMs += 60_000;
	expect(await passing(() => post())).toBe(5);
});

test('posts pass at three hundred a minute in all channels together, and whoever is refused is told how long to wait', async () => {
	const { post } = await start();
	const channels = Array.from({ length: 310 }, (_, index) => slack.workspace.addChannel({ name: `c${index}`, members: [] }).id);
	for (const channel of channels.slice(0, 300)) expect(await post(channel)).toBe('ok');
	nowMs += 20_000;
	expect(await post(channels[300])).not.toBe('ok');
	const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/x-www-form-urlencoded' };
	const body = new URLSearchParams({ channel: channels[301] ?? '', text: 'x' });
	const refused = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
	expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
	nowMs += 40_001;
	expect(await post(channels[302])).toBe('ok');
});

test.each([
	['users.info', 100],
	['chat.startStream', 20],
	['reactions.add', 50],
])('%s passes %i times a minute', async (method, limit) => {
	const { client } = await start();
	const call = async () => ((await errorOf(client.apiCall(method))) === 'slack_webapi_rate_limited_error' ? 'refused' : 'ok');
	expect(await passing(call)).toBe(limit);
});

test('limits can be switched off, and counters forgotten', async () => {
	const { client } = await start();
	const call = async () => ((await errorOf(client.apiCall('chat.startStream'))) === 'slack_webapi_rate_limited_error' ? 'refused' : 'ok');
	expect(await passing(call)).toBe(20);
	slack.forgetCounters();
	expect(await passing(call)).toBe(20);
	await slack.close();
	const free = await start(false);
	expect(await passing(() => free.post(), 30)).toBe(30);
});
