/** The cache that all processes share, in Redis. Every operation is one round trip. */

import { randomUUID } from 'node:crypto';
import type { Logger } from '../log.ts';
import { budgetScript } from '../pacing/budget-script.ts';
import { type BudgetCommands, createRedisBudgets, type RedisBudgets } from '../pacing/redis-budgets.ts';
import type { Probed } from '../redis/circuit.ts';
import { ANSWER_WITHIN_MS, answerOf, createRedisConnection, reasonOf, unavailable } from '../redis/connection.ts';
import { createListeners, type Listeners } from '../redis/listeners.ts';
import { createProbe } from '../redis/probe.ts';
import { createRedisSignals } from '../redis/signals.ts';
import type { Cache } from './cache.ts';
import { createRedisValues } from './values.ts';

const PROBE_TTL_MS = 1_000;

export interface RedisCache extends Cache, RedisBudgets, Probed {}

/**
 * A `Cache` in the Redis at `url`, mode `shared`. Call `connect()` first. Every method rejects with `STORE_UNAVAILABLE` (retryable) within
 * `answerWithinMs` while Redis is away, except `subscribe`: the listener is kept and the channel is followed as soon as Redis is there.
 * `subscriptions` lets another cache of this process share the listeners.
 */
export function createRedisCache({
	url,
	logger,
	subscriptions = createListeners(logger),
	answerWithinMs = ANSWER_WITHIN_MS,
}: {
	url: string;
	logger: Logger;
	subscriptions?: Listeners;
	answerWithinMs?: number;
}): RedisCache {
	let lastReason = 'NOT_CONNECTED';
	const noteError = (error: unknown): void => {
		lastReason = reasonOf(error);
	};
	const commands = createRedisConnection<BudgetCommands>(url, noteError, { budget: budgetScript });
	const subscriber = createRedisConnection(url, noteError);
	const origin = randomUUID();

	async function send<T>(command: () => Promise<T>): Promise<T> {
		// Without a connection, say what the last attempt to connect died of.
		if (commands.status !== 'ready') throw unavailable(lastReason);
		return await answerOf(command(), answerWithinMs);
	}

	const publish = (channel: string, payload: string) => send(() => commands.publish(channel, payload));
	const signals = createRedisSignals({ send: publish, subscriber, subscriptions, origin, logger });

	return {
		publish: signals.publish,
		subscribe: signals.subscribe,
		...createRedisBudgets((keysThenArguments) => send(() => commands.budget(...keysThenArguments)), origin),
		...createRedisValues(commands, send),
		mode: () => 'shared',
		async connect() {
			// What these reject with may say no more than "closed"; the error listener has heard why.
			const ignored = () => undefined;
			// Whoever subscribes next is heard of by others at once. A connection that is lost meanwhile is tried again by itself.
			await Promise.all([subscriber, commands].map((connection) => connection.connect().catch(ignored)));
			if (commands.status !== 'ready') throw unavailable(lastReason);
		},
		probe: createProbe(() => send(() => commands.set(`probe:${origin}`, '1', 'PX', PROBE_TTL_MS)), [commands, subscriber]),
		async close() {
			subscriptions.clear();
			commands.disconnect();
			subscriber.disconnect();
		},
	};
}
