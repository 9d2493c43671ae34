import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { eventually, quiet } from '#test/emulators/slack/test-client.ts';

interface SocketEvent {
	ack: (answer?: object) => Promise<void>;
	body: { event_id: string };
	event: { text: string };
	retry_num: number;
	retry_reason: string;
}

let slack: SlackEmulator;
let ana: User;
let general: Channel;
let clients: SocketModeClient[];

beforeEach(async () => {
	await start({});
	clients = [];
});

afterEach(async () => {
	await Promise.all(clients.map((client) => client.disconnect()));
	await slack.close();
});

async function start(options: SlackEmulatorOptions): Promise<void> {
	slack = await startSlackEmulator({ retryDelaysMs: [0, 10, 20], socketPingMs: 20, ...options });
	ana = slack.workspace.addUser({ name: 'ana' });
	general = slack.workspace.addChannel({ name: 'general', members: [ana.id] });
}

/** The client waits one ping timeout before it reconnects. */
async function connect(clientPingTimeout = 5_000): Promise<SocketModeClient> {
	const clientOptions = { slackApiUrl: slack.apiUrl };
	const client = new SocketModeClient({ appToken: slack.appToken, clientOptions, logger: quiet, clientPingTimeout });
	clients.push(client);
	await client.start();
	return client;
}

const say = (text: string) => slack.say({ user: ana.id, channel: general.id, text });

test('delivers events, acknowledged through the socket', async () => {
	const client = await connect();
	const texts: string[] = [];
	client.on('message', async ({ ack, event }: SocketEvent) => {
		await ack();
		texts.push(event.text);
	});
	await say('hello');
	await eventually(() => expect(slack.deliveries).toMatchObject([{ type: 'message', attempt: 0, httpStatus: 200 }]));
	expect(texts).toEqual(['hello']);
});

test('delivers again what is not acknowledged', async () => {
	await slack.close();
	await start({ ackTimeoutMs: 250 });
	const client = await connect();
	const seen: [number, string][] = [];
	const ids = new Set<string>();
	client.on('message', async ({ ack, body, retry_num, retry_reason }: SocketEvent) => {
		ids.add(body.event_id);
		seen.push([retry_num, retry_reason]);
		if (seen.length === 3) await ack();
	});
	await say('hello');
	await eventually(() => expect(slack.deliveries.at(-1)).toMatchObject({ attempt: 2, httpStatus: 200 }));
	expect([seen, ids.size]).toEqual([
		[
			[0, ''],
			[1, 'timeout'],
			[2, 'timeout'],
		],
		1,
	]);
});

test('uses several connections at random, each envelope on one of them', async () => {
	const counts = [0, 0];
	for (const index of counts.keys()) {
		const client = await connect();
		client.on('message', async ({ ack }: SocketEvent) => {
			counts[index] = (counts[index] ?? 0) + 1;
			await ack();
		});
	}
	for (let number = 0; number < 40; number += 1) await say(String(number));
	await eventually(() => expect(slack.deliveries.filter(({ httpStatus }) => httpStatus === 200)).toHaveLength(40));
	const sent = slack.deliveries.length;
	expect(counts[0] ?? 0).toBeGreaterThan(0);
	expect(counts[1] ?? 0).toBeGreaterThan(0);
	expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(sent);
});

test('asks to reconnect and finds the client on a new connection', async () => {
	const client = await connect(300);
	client.on('message', ({ ack }: SocketEvent) => ack());
	slack.socketMode.requestDisconnect('refresh_requested', 'all');
	await eventually(() => expect(slack.socketMode.connections()).toBe(0));
	await eventually(() => expect(slack.socketMode.connections()).toBe(1));
	await say('after');
	await eventually(() => expect(slack.deliveries.at(-1)?.httpStatus).toBe(200));
});

test('gives the answer of a command that came with the acknowledgement', async () => {
	const client = await connect();
	client.on('slash_commands', ({ ack }: SocketEvent) => ack({ text: 'done' }));
	expect(await slack.slash({ user: ana.id, channel: general.id, command: '/ask', text: '' })).toMatchObject({ ackText: 'done' });
});

test('opens no socket without a fresh ticket', async () => {
	const url = `${slack.url.replace('http', 'ws')}/link/?ticket=made-up`;
	const opened = await new Promise((resolve) => {
		const socket = new WebSocket(url);
		socket.addEventListener('open', () => resolve(true));
		socket.addEventListener('error', () => resolve(false));
	});
	expect([opened, slack.socketMode.connections()]).toEqual([false, 0]);
});
