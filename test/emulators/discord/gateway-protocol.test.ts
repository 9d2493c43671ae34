import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Channel, type DiscordEmulator, startDiscordEmulator, type User } from '#test/emulators/discord/index.ts';

interface Payload {
	op: number;
	t: string | null;
	s: number | null;
	d: Record<string, unknown>;
}

let discord: DiscordEmulator;
let ana: User;
let general: Channel;
let nowMs: number;
let sockets: WebSocket[];

beforeEach(async () => {
	nowMs = Date.parse('2026-03-02T09:00:00Z');
	sockets = [];
	discord = await startDiscordEmulator({ now: () => nowMs });
	ana = discord.world.addUser({ name: 'ana' });
	general = discord.world.addChannel(discord.world.addGuild({ name: 'Office', ownerId: ana.id }).id, { name: 'general' });
});

afterEach(async () => {
	for (const socket of sockets) socket.terminate();
	await discord.close();
});

/** A client without any sense of its own: what it is sent can be taken one by one. */
async function open(query = '?v=10&encoding=json') {
	const socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway${query}`);
	sockets.push(socket);
	const received: Payload[] = [];
	socket.on('message', (data) => void received.push(JSON.parse(data.toString()) as Payload));
	const closed = once(socket, 'close').then(([code]) => code as number);
	await once(socket, 'open');
	const next = async () => {
		while (received.length === 0) await once(socket, 'message');
		return received.shift() as Payload;
	};
	return { socket, closed, next, send: (payload: unknown) => socket.send(JSON.stringify(payload)) };
}

const identity = (more: object = {}) => ({ op: 2, d: { token: discord.botToken, intents: 37_377, properties: {}, ...more } });

async function identified() {
	const connection = await open();
	await connection.next();
	connection.send(identity());
	const ready = await connection.next();
	const created = await connection.next();
	return { ...connection, ready, created, sessionId: String(ready.d.session_id) };
}

async function resumed(sessionId: string, seq: number) {
	const connection = await open();
	await connection.next();
	connection.send({ op: 6, d: { token: discord.botToken, session_id: sessionId, seq } });
	return connection;
}

test('says hello, acknowledges heartbeats, and introduces the guilds one by one', async () => {
	const connection = await open();
	expect(await connection.next()).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } });
	connection.send({ op: 1, d: null });
	expect(await connection.next()).toMatchObject({ op: 11 });
	connection.send(identity());
	expect(await connection.next()).toMatchObject({ t: 'READY', s: 1, d: { guilds: [{ unavailable: true }] } });
	expect(await connection.next()).toMatchObject({
		t: 'GUILD_CREATE',
		s: 2,
		d: { name: 'Office', members: [{ user: { id: discord.botUserId } }] },
	});
});

test.each([
	['an opcode that does not exist', { op: 99, d: null }, 4001],
	['what is no object', [], 4002],
	['a request before the identification', { op: 3, d: {} }, 4003],
	['a wrong token', { op: 2, d: { token: 'made-up', intents: 1 } }, 4004],
	['a shard beyond the count', { shard: [2, 2] }, 4010],
	['an intent that does not exist', { intents: 1 << 30 }, 4013],
	['an intent that was not granted', { intents: 1 << 1 }, 4014],
])('closes for %s', async (_, payload, code) => {
	const connection = await open();
	connection.send('op' in payload || Array.isArray(payload) ? payload : identity(payload));
	expect(await connection.closed).toBe(code);
});

test('closes for an old version, a second identification and too many sends', async () => {
	expect(await (await open('?v=6')).closed).toBe(4012);
	const twice = await identified();
	twice.send(identity());
	expect(await twice.closed).toBe(4005);
	const loud = await open();
	for (let count = 0; count < 121; count += 1) loud.send({ op: 1, d: null });
	expect(await loud.closed).toBe(4008);
});

test('replays what came after the number that the app has seen', async () => {
	const first = await identified();
	await discord.say({ user: ana.id, channel: general.id, text: 'seen' });
	const seen = await first.next();
	discord.gateway.cut();
	await first.closed;
	await discord.say({ user: ana.id, channel: general.id, text: 'missed' });
	const second = await resumed(first.sessionId, seen.s ?? 0);
	expect(await second.next()).toMatchObject({ t: 'MESSAGE_CREATE', s: 4, d: { content: 'missed' } });
	expect(await second.next()).toMatchObject({ t: 'RESUMED', s: 5 });
	expect(await (await resumed(first.sessionId, 1_000)).closed).toBe(4007);
});

test('forgets a session that was ended by the app, or that was away too long', async () => {
	const ended = await identified();
	ended.socket.close(1000);
	await ended.closed;
	expect(await (await resumed(ended.sessionId, 1)).next()).toMatchObject({ op: 9, d: false });
	nowMs += 5_001;
	const lost = await identified();
	discord.gateway.cut();
	await lost.closed;
	nowMs += 180_001;
	expect(await (await resumed(lost.sessionId, 1)).next()).toMatchObject({ op: 9, d: false });
});

test('lets one session start in five seconds', async () => {
	await identified();
	const second = await open();
	await second.next();
	second.send(identity());
	expect(await second.next()).toMatchObject({ op: 9, d: false });
	nowMs += 5_001;
	second.send(identity());
	expect(await second.next()).toMatchObject({ t: 'READY' });
});

test('brings held events as they were when they happened', async () => {
	const connection = await identified();
	discord.gateway.holdEvents(true);
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'before' });
	await discord.edit({ user: ana.id, channel: general.id, messageId: id, text: 'after' });
	discord.gateway.holdEvents(false);
	expect(await connection.next()).toMatchObject({ t: 'MESSAGE_CREATE', d: { content: 'before', edited_timestamp: null } });
	expect(await connection.next()).toMatchObject({ t: 'MESSAGE_UPDATE', d: { content: 'after' } });
});

test('brings a message with all that the page says about it', async () => {
	const connection = await identified();
	const staff = discord.world.addRole(general.guildId ?? '', { name: 'staff', mentionable: true });
	await connection.next();
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'question' });
	const question = await connection.next();
	expect(question.d).toMatchObject({
		guild_id: general.guildId,
		type: 0,
		mentions: [],
		mention_roles: [],
		attachments: [],
		components: [],
	});
	expect(question.d).toMatchObject({ member: { roles: [] }, timestamp: '2026-03-02T09:00:00.000000+00:00', tts: false });
	await discord.say({ user: ana.id, channel: general.id, text: `<@&${staff.id}>`, replyTo: id, mentionBot: true });
	expect((await connection.next()).d).toMatchObject({
		type: 19,
		mention_roles: [staff.id],
		referenced_message: { id, content: 'question' },
		message_reference: { message_id: id, channel_id: general.id, guild_id: general.guildId },
		mentions: [{ id: discord.botUserId, bot: true, member: {} }, { id: ana.id }],
	});
	await discord.say({ user: ana.id, channel: discord.world.openDirect(ana.id).id, text: 'psst' });
	const direct = await connection.next();
	expect(direct.d).toMatchObject({ channel_type: 1, content: 'psst' });
	expect(direct.d).not.toHaveProperty('guild_id');
});
