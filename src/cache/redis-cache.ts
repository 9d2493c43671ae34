/** The cache that all processes share, in Redis. Every operation is one round trip. */

import { randomUUID } from 'node:crypto';
import type { Cache } from './cache.ts';
import type { CacheLogger } from './cache-logger.ts';
import { type Channels, createChannels } from './channels.ts';
import { createRedisBudgets, type RedisBudgets } from './redis-budgets.ts';
import { ANSWER_WITHIN_MS, answerOf, createRedisConnection, reasonOf, unavailable } from './redis-connection.ts';
import { createProbe } from './redis-probe.ts';
import { createRedisSignals } from './redis-signals.ts';

const PROBE_TTL_MS = 1_000;

export interface RedisCache extends Cache, RedisBudgets {
	/** Starts connecting. Rejects with `STORE_UNAVAILABLE` when the first attempt fails; the attempts go on by themselves. */
	connect(): Promise<void>;
	/** Writes something small, to see whether Redis can be used again. Connects anew when a connection stays silent. */
	probe(): Promise<void>;
}

/**
 * A `Cache` in the Redis at `url`, mode `shared`. Call `connect()` first. Every method rejects with `STORE_UNAVAILABLE` (retryable) within
 * `answerWithinMs` while Redis is away, except `subscribe`: the listener is kept and the channel is followed as soon as Redis is there.
 * `channels` lets another cache of this process share the listeners.
 */
export function createRedisCache({
	url,
	logger,
	channels = createChannels(logger),
	answerWithinMs = ANSWER_WITHIN_MS,
}: {
	url: string;
	logger: CacheLogger;
	channels?: Channels;
	answerWithinMs?: number;
}): RedisCache {
	let lastReason = 'NOT_CONNECTED';
	const noteError = (error: unknown): void => {
		lastReason = reasonOf(error);
	};
	const commands = createRedisConnection(url, noteError);
	const subscriber = createRedisConnection(url, noteError);
	const origin = randomUUID();

	async function send<T>(command: () => Promise<T>): Promise<T> {
		// Without a connection, say what the last attempt to connect died of.
		if (commands.status !== 'ready') throw unavailable(lastReason);
		return await answerOf(command(), answerWithinMs);
	}

	const publish = (channel: string, payload: string) => send(() => commands.publish(channel, payload));
	const signals = createRedisSignals({ send: publish, subscriber, channels, origin, logger });

	return {
		get: (key) => send(() => commands.get(key)),
		async set(key, value, ttlMs) {
			await send(() => commands.set(key, value, 'PX', Math.max(1, Math.ceil(ttlMs))));
		},
		async delete(key) {
			await send(() => commands.del(key));
		},
		publish: signals.publish,
		subscribe: signals.subscribe,
		...createRedisBudgets((keysThenArguments) => send(() => commands.budget(...keysThenArguments)), origin),
		mode: () => 'shared',
		async connect() {
			// What these reject with may say no more than "closed"; the error listener has heard why.
			const ignored = () => undefined;
			// The subscriber follows its channels whenever it is ready; nobody waits for it.
			subscriber.connect().catch(ignored);
			await commands.connect().catch(ignored);
			if (commands.status !== 'ready') throw unavailable(lastReason);
		},
		probe: createProbe(() => send(() => commands.set(`probe:${origin}`, '1', 'PX', PROBE_TTL_MS)), [commands, subscriber]),
		async close() {
			channels.clear();
			commands.disconnect();
			subscriber.disconnect();
		},
	};
}
