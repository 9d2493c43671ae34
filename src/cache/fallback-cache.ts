/** Redis, and this process's memory while Redis is away: no caller ever waits for a connection. */

import type { Cache } from './cache.ts';
import type { CacheLogger } from './cache-logger.ts';
import { fallBackOnBudgets } from './fallback-budgets.ts';
import { createOutageLedger } from './outage-ledger.ts';
import type { RedisCache } from './redis-cache.ts';
import { createRedisCircuit } from './redis-circuit.ts';

/**
 * Mode `shared` or `degraded`. Never rejects because of Redis, and never waits for it longer than one answer may take (about 50 ms).
 * `redis` and `memory` must share their listeners, so that subscriptions outlive every change of mode.
 */
export function createFallbackCache({ redis, memory, logger }: { redis: RedisCache; memory: Cache; logger: CacheLogger }): Cache {
	const ledger = createOutageLedger();
	let outages = 0;
	const circuit = createRedisCircuit({
		redis,
		logger,
		async catchUp() {
			await ledger.replay(redis);
			outages += 1;
		},
	});

	/** Values of an earlier outage are out of date in the next one. */
	const inMemory = (key: string): string => `${outages}:${key}`;

	/** Redis may hold an older value, or one that was to be deleted: it must not come back. */
	const forgetLater = (key: string): void => ledger.write(`value ${key}`, () => redis.delete(key));

	return {
		get: (key) =>
			circuit.answer(
				() => redis.get(key),
				() => memory.get(inMemory(key)),
			),
		set: (key, value, ttlMs) =>
			circuit.answer(
				() => redis.set(key, value, ttlMs),
				() => {
					forgetLater(key);
					return memory.set(inMemory(key), value, ttlMs);
				},
			),
		delete: (key) =>
			circuit.answer(
				() => redis.delete(key),
				() => {
					forgetLater(key);
					return memory.delete(inMemory(key));
				},
			),
		async publish(channel, message) {
			let isDelivered = false;
			await circuit.answer(
				() => {
					// The listeners of this process hear of it even when Redis then fails.
					isDelivered = true;
					return redis.publish(channel, message);
				},
				async () => {
					if (!isDelivered) await memory.publish(channel, message);
				},
			);
		},
		subscribe: (channel, listener) => redis.subscribe(channel, listener),
		...fallBackOnBudgets({ redis, memory, circuit, ledger }),
		mode: circuit.mode,
		async close() {
			circuit.stop();
			await Promise.all([redis.close(), memory.close()]);
		},
	};
}
