/** How this program connects to Redis: never waiting on a request path, always trying again, and errors without content. */

import { Redis } from 'ioredis';
import { BotError } from '../errors.ts';
import { growingPauseMs } from '../waiting.ts';
import type { Script } from './script.ts';

/** Everything of ours in a shared Redis begins with this, channels too. */
export const KEY_PREFIX = 'ccb:';

/** Answers of a healthy Redis in the same building take about a millisecond; who waits longer is better served by memory. */
export const ANSWER_WITHIN_MS = 50;

/** One attempt to connect gives up after this. */
const CONNECT_WITHIN_MS = 2_000;
/** A connection that is being left is cut off after this; a peer that vanished never says goodbye. */
const DISCONNECT_WITHIN_MS = 200;
/** Between attempts to connect. */
const RETRY_PAUSES = { firstMs: 50, mostMs: 1_000 };

export type RedisConnection = Redis;

/**
 * A connection that does nothing until `connect()`. `onError` hears of every failed attempt to connect. Each script becomes a method, which is what
 * `Commands` says of it.
 */
export function createRedisConnection<Commands extends object = object>(
	url: string,
	onError: (error: unknown) => void,
	scripts: { [Name in keyof Commands & string]: Script } = {} as { [Name in keyof Commands & string]: Script },
): RedisConnection & Commands {
	const connection = new Redis(url, {
		lazyConnect: true,
		keyPrefix: KEY_PREFIX,
		// Commands fail at once while there is no connection, and are never sent twice.
		enableOfflineQueue: false,
		maxRetriesPerRequest: 1,
		autoResendUnfulfilledCommands: false,
		autoResubscribe: false,
		connectTimeout: CONNECT_WITHIN_MS,
		disconnectTimeout: DISCONNECT_WITHIN_MS,
		retryStrategy: (attempt) => growingPauseMs(attempt, RETRY_PAUSES),
		scripts,
	});
	connection.on('error', onError);
	return connection as RedisConnection & Commands;
}

/**
 * The answer of Redis, or `STORE_UNAVAILABLE` (retryable) when it says no, is away, or does not answer in time. In the last case the
 * command may still have been carried out.
 */
export async function answerOf<T>(command: Promise<T>, withinMs: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		const giveUp = () => reject(unavailable('TIMEOUT'));
		// When this process itself was busy the answer may be waiting to be read, so let it be read before giving up.
		timer = setTimeout(() => setImmediate(giveUp), withinMs);
	});
	try {
		return await Promise.race([command, late]);
	} catch (error) {
		throw unavailable(reasonOf(error));
	} finally {
		clearTimeout(timer);
	}
}

/** The error for callers. The client's own is not kept as its cause: it carries the command's arguments, content and password included. */
export function unavailable(reason: string): BotError {
	return new BotError('STORE_UNAVAILABLE', 'Redis could not be used.', { retryable: true, reason });
}

/** The code of a socket error, or the first word of an answer such as `READONLY You can't write …`. */
export function reasonOf(error: unknown): string {
	if (error instanceof BotError) return error.reason ?? error.code;
	if (!(error instanceof Error)) return 'UNKNOWN';
	if ('code' in error && typeof error.code === 'string') return error.code;
	if (error.message === 'Connection is closed.') return 'CONNECTION_CLOSED';
	return /^[A-Z]{2,}\b/.exec(error.message)?.[0] ?? error.name;
}
