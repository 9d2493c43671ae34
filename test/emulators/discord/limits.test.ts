import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type DiscordEmulator, type DiscordEmulatorOptions, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { createInvalidRequests } from '#test/emulators/discord/invalid-requests.ts';
import { codeOf, connect, createRest, eventually } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let general: Channel;
let rest: REST;
let nowMs: number;

beforeEach(async () => {
	nowMs = Date.parse('2026-03-02T09:00:00Z');
	await start({ now: () => nowMs });
});

afterEach(() => discord.close());

async function start(options: DiscordEmulatorOptions): Promise<void> {
	discord = await startDiscordEmulator(options);
	general = discord.world.addChannel(discord.world.addGuild({ name: 'Office' }).id, { name: 'general' });
	rest = createRest(discord);
}

/** Without a client that knows the limits. */
async function call(method: string, path: string, body?: object): Promise<Response> {
	const headers = { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' };
	return fetch(`${discord.apiUrl}/v10${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

const post = () => call('POST', Routes.channelMessages(general.id), { content: 'hello' });
const statuses = async (calls: Promise<Response>[]) => (await Promise.all(calls)).map(({ status }) => status);

test('takes five new messages and five edits in five seconds per channel, and says so in headers', async () => {
	const first = await post();
	const { id } = (await first.json()) as { id: string };
	expect(first.headers.get('x-ratelimit-limit')).toBe('5');
	expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
	expect(first.headers.get('x-ratelimit-reset-after')).toBe('5.000');
	expect(await statuses([post(), post(), post(), post(), post()])).toEqual([200, 200, 200, 200, 429]);
	const edit = () => call('PATCH', Routes.channelMessage(general.id, id), { content: 'changed' });
	const edits = await Promise.all([edit(), edit(), edit(), edit(), edit(), edit()]);
	expect(edits.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
	expect(edits[0]?.headers.get('x-ratelimit-bucket')).not.toBe(first.headers.get('x-ratelimit-bucket'));
});

test('says how long to wait, in whole seconds in the header and exactly in the body, and does not wait longer for being asked', async () => {
	await Promise.all([post(), post(), post(), post(), post()]);
	nowMs += 2_400;
	const refused = await post();
	expect([refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-scope')]).toEqual(['3', 'user']);
	expect(await refused.json()).toEqual({ message: 'You are being rate limited.', retry_after: 2.6, global: false });
	await post();
	nowMs += 2_601;
	expect((await post()).status).toBe(200);
});

test('counts everything but interactions in one global limit', async () => {
	await discord.close();
	await start({ now: () => nowMs, limits: { 'get-own-user': { limit: 100, windowMs: 1_000 } } });
	const ask = () => call('GET', Routes.user());
	expect(new Set(await statuses(Array.from({ length: 50 }, ask)))).toEqual(new Set([200]));
	const { status, headers } = await ask();
	expect([status, headers.get('x-ratelimit-global'), headers.get('x-ratelimit-scope')]).toEqual([429, 'true', 'global']);
	expect((await call('POST', Routes.interactionCallback(general.id, 'made-up'), { type: 5 })).status).toBe(404);
	nowMs += 1_001;
	expect((await ask()).status).toBe(200);
});

test('is obeyed by discord.js, which waits for the bucket', async () => {
	await discord.close();
	await start({});
	const client = await connect(discord);
	const channel = await client.channels.fetch(general.id);
	if (channel?.isSendable() !== true) throw new TypeError('not a channel to write in');
	await Promise.all(Array.from({ length: 7 }, (_, index) => channel.send(String(index))));
	expect(discord.messages(general.id).map(({ content }) => content)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
	expect(discord.callsTo('create-message').map(({ status }) => status)).not.toContain(429);
	await client.destroy();
});

test('limits edits of messages that are more than an hour old', async () => {
	const { id } = (await (await post()).json()) as { id: string };
	nowMs += 3_600_001;
	const edit = () => call('PATCH', Routes.channelMessage(general.id, id), { content: 'changed' });
	expect(await statuses([edit(), edit(), edit()])).toEqual([200, 200, 200]);
	const refused = await edit();
	expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
	expect(await refused.json()).toMatchObject({ code: 30046 });
});

test('refuses out of the blue when told to, which does not count against the app', async () => {
	discord.fail({ operation: 'create-message', kind: '429', retryAfterSeconds: 7 });
	const refused = await post();
	expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-scope')]).toEqual([429, '7', 'shared']);
	discord.fail({ operation: '*', kind: '429-global' });
	expect((await post()).headers.get('x-ratelimit-global')).toBe('true');
	expect(discord.invalidRequests()).toEqual({ unauthorized: 0, forbidden: 0, rateLimited: 1, wouldBeBanned: false });
	expect((await post()).status).toBe(200);
});

test('says when the real Discord would not answer any more', () => {
	const invalid = createInvalidRequests(() => nowMs);
	for (let count = 0; count < 9_999; count += 1) invalid.count(403, false);
	invalid.count(404, false);
	invalid.count(429, true);
	expect(invalid.report()).toEqual({ unauthorized: 0, forbidden: 9_999, rateLimited: 0, wouldBeBanned: false });
	invalid.count(429, false);
	expect(invalid.report().wouldBeBanned).toBe(true);
	nowMs += 600_001;
	expect(invalid.report().wouldBeBanned).toBe(false);
});

test('keeps a message whose answer got lost, and gives it again for the same nonce', async () => {
	const body = { content: 'once', nonce: 'answer-1', enforce_nonce: true };
	discord.fail({ operation: 'create-message', kind: 'stored-then-502' });
	expect(await codeOf(rest.post(Routes.channelMessages(general.id), { body }))).toBe('HTTPError');
	const [kept] = discord.messages(general.id);
	expect(await rest.post(Routes.channelMessages(general.id), { body })).toMatchObject({ id: kept?.id });
	expect(discord.messages(general.id)).toHaveLength(1);
});

test('cuts the connection or stays silent when told to', async () => {
	discord.fail({ operation: 'create-message', kind: 'reset' });
	await expect(post()).rejects.toThrow();
	discord.fail({ operation: 'create-message', kind: 'hang' });
	const given = post().then(
		() => 'answered',
		() => 'closed',
	);
	await eventually(() => expect(discord.callsTo('create-message')).toHaveLength(2));
	expect(discord.callsTo('create-message').map(({ status }) => status)).toEqual([null, null]);
	expect(discord.messages(general.id)).toEqual([]);
	await discord.close();
	expect(await given).toBe('closed');
	await start({ now: () => nowMs });
});
