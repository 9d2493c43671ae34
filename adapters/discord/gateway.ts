/** The connection to Discord's gateway: one discord.js client at a time, made anew when it cannot go on by itself. */

import { Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayIntentBits } from 'discord.js';
import type { Clock } from '#src/clock.ts';
import { foreignMessage } from '#src/foreign-words.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import { growingPauseMs, isInTime, onAbort, pause } from '#src/waiting.ts';
import { restOptions } from './client.ts';
import { asObject, type Json } from './json.ts';
import { createShardStrategy } from './shard-strategy.ts';

export interface Gateway {
	/** Connects, and keeps the connection until `close`. */
	open(): void;
	/** Resolves when the connection is closed, or is being closed for too long. */
	close(): Promise<void>;
	health(): PlatformHealth;
}

export interface GatewayDependencies {
	token: string;
	apiUrl: string;
	clock: Clock;
	/** Every event of the gateway, in order. */
	onPacket: (type: string, data: Json) => void;
	/** A new session has begun and its guilds are known: what happened before it was not told. */
	onSession: () => void;
	/** The session goes on, or its connection is gone. */
	onConnected: (isConnected: boolean) => void;
	onHealth: () => void;
	onFailed: (error: unknown) => void;
}

const intents = [
	GatewayIntentBits.Guilds,
	GatewayIntentBits.GuildMessages,
	GatewayIntentBits.DirectMessages,
	GatewayIntentBits.MessageContent,
];

/** What discord.js needs to see to keep a session and to know when its guilds are there. All else is read here, from the packets themselves. */
const sdkPackets = new Set(['READY', 'RESUMED', 'GUILD_CREATE', 'GUILD_DELETE']);

const tokenRefused =
	'Discord refused DISCORD_BOT_TOKEN: press "Reset Token" on the page "Bot" of the application in the developer portal, and take the new one';

/** "Gateway", close codes: with these, trying again without a change helps nobody. */
const refusals: Readonly<Record<number, string>> = {
	4004: tokenRefused,
	4013: 'Discord does not know one of the intents that were asked for: this version of OpenCCB is too old or too new for it',
	4014: 'the application may not read messages: switch on "Message Content Intent" on the page "Bot" of the developer portal',
};

/** The bot may begin a session every five seconds, and a thousand times a day ("Gateway", session start limit): 288 times at most at the long pause. */
const pauses = { firstMs: 5_000, mostMs: 300_000 };
/** Discord asks for a new connection every few hours. That takes a second or two and is no news. */
const reconnectGraceMs = 15_000;
const closeLimitMs = 3_000;

export function createGateway(deps: GatewayDependencies): Gateway {
	const { clock, token } = deps;
	let closing = new AbortController();
	let running: Promise<void> = Promise.resolve();
	let health: PlatformHealth = { state: 'starting', reason: 'waiting for a session of the gateway' };
	let grace = new AbortController();

	function change(next: PlatformHealth): void {
		grace.abort();
		if (next.state === health.state && next.reason === health.reason) return;
		health = next;
		deps.onHealth();
	}

	/** Resolves when the client is of no use any more. */
	async function live(signal: AbortSignal): Promise<void> {
		const client = createClient(deps, clock);
		const over = Promise.withResolvers<void>();
		const forget = onAbort(signal, over.resolve);
		client.on(Events.ShardDisconnect, ({ code }) => {
			change({ state: 'down', reason: refusals[code] ?? `the gateway closed the connection for good (${code})` });
			over.resolve();
		});
		listen(client, signal);
		try {
			await Promise.race([client.login(token), over.promise]);
			await over.promise;
		} finally {
			forget();
			deps.onConnected(false);
			// It closes in its own time: after a closing it may still be on its way to a connection.
			await isInTime(clock, client.destroy().catch(deps.onFailed), closeLimitMs);
		}
	}

	function listen(client: Client, signal: AbortSignal): void {
		// The type of this event is not declared; it is a whole packet, before discord.js looks at it.
		client.on(Events.Raw as never, (packet: { t: string | null; d: unknown }) => {
			const { t: type, d: data } = packet;
			if (type === null || signal.aborted) return;
			deps.onPacket(type, asObject(data));
			if (type === 'RESUMED') connected();
			// discord.js would cache it, and throws at fields that are missing or null.
			if (!sdkPackets.has(type)) packet.t = null;
		});
		client.on(Events.ShardReady, () => {
			if (signal.aborted) return;
			deps.onSession();
			connected();
		});
		client.on(Events.ShardReconnecting, () => {
			if (signal.aborted) return;
			deps.onConnected(false);
			void tellIfItLasts(signal);
		});
		client.on(Events.ShardError, deps.onFailed);
		client.on(Events.Error, deps.onFailed);
	}

	function connected(): void {
		deps.onConnected(true);
		change({ state: 'up' });
	}

	async function tellIfItLasts(signal: AbortSignal): Promise<void> {
		grace.abort();
		grace = new AbortController();
		await clock.wait(reconnectGraceMs, AbortSignal.any([signal, grace.signal])).then(
			() => change({ state: 'down', reason: 'no connection to the gateway of Discord: check the way to it' }),
			() => {},
		);
	}

	async function supervise(signal: AbortSignal): Promise<void> {
		for (let failures = 1; !signal.aborted; failures++) {
			const beganAtMs = clock.now();
			await live(signal).catch((thrown) => {
				deps.onFailed(thrown);
				if (health.state !== 'down') change({ state: 'down', reason: reasonOf(thrown) });
			});
			if (clock.now() - beganAtMs > pauses.mostMs) failures = 1;
			await pause(clock, growingPauseMs(failures, pauses), signal);
		}
	}

	return {
		open() {
			closing = new AbortController();
			const { signal } = closing;
			health = { state: 'starting', reason: 'waiting for a session of the gateway' };
			running = running.then(() => supervise(signal));
		},
		async close() {
			closing.abort();
			grace.abort();
			await running;
		},
		health: () => health,
	};
}

function createClient({ apiUrl }: GatewayDependencies, clock: Clock): Client {
	return new Client({
		intents,
		shards: [0],
		shardCount: 1,
		rest: restOptions(apiUrl),
		ws: { buildStrategy: (manager) => createShardStrategy(manager, clock) },
	});
}

/** In one sentence, without what the SDK's errors quote. */
function reasonOf(thrown: unknown): string {
	if (thrown instanceof DiscordjsError && thrown.code === DiscordjsErrorCodes.TokenInvalid) return tokenRefused;
	return `the gateway of Discord cannot be opened: ${foreignMessage(thrown)}`;
}
