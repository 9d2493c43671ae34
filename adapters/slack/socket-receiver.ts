/** Slack's events over Socket Mode: envelopes are acknowledged only once what they carry is stored. */

import type { App, Receiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Clock } from '#src/clock.ts';
import { BotError, toBotError } from '#src/errors.ts';
import { growingPauseMs, inTime, pause } from '#src/waiting.ts';
import { clientOptions, type SlackLogger } from './client.ts';

export interface SocketReceiverOptions {
	appToken: string;
	apiUrl: string;
	logger: SlackLogger;
	clock: Clock;
	onFailed: (error: unknown) => void;
	onState: (connected: number) => void;
}

interface Envelope {
	ack: (response?: unknown) => Promise<void>;
	body: Record<string, unknown>;
	retry_num?: number;
	retry_reason?: string;
}

/**
 * Two connections, so that one is there while Slack renews the other. "Socket Mode" allows ten per app, shared by all processes.
 */
const connectionCount = 2;
/** An address is given within the time limit of a call; the greeting comes at once. */
const greetingMs = 20_000;
/** After a connection that failed; one that lasted is renewed at once. */
const pauses = { firstMs: 500, mostMs: 30_000 };
const lastedMs = 10_000;

export function createSocketReceiver(options: SocketReceiverOptions): Receiver {
	const { clock } = options;
	const stopped = new AbortController();
	const connected = new Set<SocketModeClient>();
	const clients = new Set<SocketModeClient>();
	let app: App | null = null;

	async function handle({ ack, body, retry_num, retry_reason }: Envelope): Promise<void> {
		let answer: unknown;
		try {
			await app?.processEvent({
				body,
				ack: async (response) => {
					answer = response;
				},
				...(retry_num === undefined ? {} : { retryNum: retry_num }),
				...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
			});
		} catch (thrown) {
			options.onFailed(toBotError(thrown));
			// Not stored, so not acknowledged: Slack sends it again. What cannot be read would come back as it is.
			if (thrown instanceof BotError) return;
		}
		await ack(answer).catch(options.onFailed);
	}

	/**
	 * Keeps one connection up. The client's own way to reconnect waits five seconds each time, and gives up for good when the address of
	 * the next connection cannot be had at once (3.1.0), so each client lives as long as its connection.
	 */
	async function supervise(): Promise<void> {
		for (let failures = 1; !stopped.signal.aborted; failures++) {
			const beganAtMs = clock.now();
			await connectOnce().catch(options.onFailed);
			if (clock.now() - beganAtMs > lastedMs) failures = 1;
			await pause(clock, growingPauseMs(failures, pauses), stopped.signal);
		}
	}

	/** Resolves when the connection that was made is over. @throws whatever kept it from being made. */
	async function connectOnce(): Promise<void> {
		const client = createClient();
		clients.add(client);
		const over = new Promise<void>((resolve) => client.once('disconnected', resolve));
		const late = () => new BotError('PLATFORM_UNAVAILABLE', 'Slack opened no Socket Mode connection in time', { retryable: true });
		try {
			await inTime(clock, client.start(), greetingMs, late);
			await over;
		} finally {
			clients.delete(client);
			await client.disconnect().catch(() => {});
		}
	}

	function createClient(): SocketModeClient {
		const { appToken, apiUrl, logger } = options;
		const client = new SocketModeClient({ appToken, logger, autoReconnectEnabled: false, clientOptions: clientOptions(apiUrl, logger) });
		const report = () => options.onState(connected.size);
		client.on('slack_event', (envelope: Envelope) => void handle(envelope));
		client.on('connected', () => {
			connected.add(client);
			report();
		});
		for (const state of ['close', 'disconnected']) {
			client.on(state, () => {
				connected.delete(client);
				report();
			});
		}
		client.on('error', (error: unknown) => options.onFailed(error));
		return client;
	}

	return {
		init: (value) => {
			app = value;
		},
		start: async () => {
			for (let count = 0; count < connectionCount; count++) void supervise();
		},
		stop: async () => {
			stopped.abort();
			await Promise.allSettled([...clients].map((client) => client.disconnect()));
		},
	};
}
