/** Slack's events over Socket Mode: envelopes are acknowledged only once what they carry is stored. */

import type { App, Receiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Clock } from '#src/clock.ts';
import { toBotError } from '#src/errors.ts';
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
 * Two connections: Slack refreshes one every so often, and the client then has none for about five seconds (measured with 3.1.0).
 * "Socket Mode" allows ten per app, shared by all processes.
 */
const connectionCount = 2;
const restartMs = 5_000;

export function createSocketReceiver(options: SocketReceiverOptions): Receiver {
	const stopped = new AbortController();
	const connected = new Set<SocketModeClient>();
	const clients: SocketModeClient[] = [];
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
			const error = toBotError(thrown);
			options.onFailed(error);
			// Not stored, so not acknowledged: Slack sends it again. What can never be taken in need not come back.
			if (error.retryable) return;
		}
		await ack(answer).catch(options.onFailed);
	}

	/** Keeps one connection up. The client reconnects by itself; one that cannot even begin is built anew. */
	async function supervise(): Promise<void> {
		while (!stopped.signal.aborted) {
			const client = createClient();
			clients.push(client);
			try {
				await client.start();
				return;
			} catch (error) {
				clients.splice(clients.indexOf(client), 1);
				options.onFailed(error);
			}
			await options.clock.wait(restartMs, stopped.signal).catch(() => {});
		}
	}

	function createClient(): SocketModeClient {
		const { appToken, apiUrl, logger } = options;
		const client = new SocketModeClient({ appToken, logger, clientOptions: clientOptions(apiUrl, logger) });
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
			await Promise.allSettled(clients.map((client) => client.disconnect()));
		},
	};
}
