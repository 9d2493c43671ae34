/** Redis, and this process's memory while Redis is away: no caller ever waits for a connection. */

import type { Logger } from '../log.ts';
import { fallBackOnBudgets } from '../pacing/fallback-budgets.ts';
import { createOutageLedger } from '../pacing/outage-ledger.ts';
import { createRedisCircuit } from '../redis/circuit.ts';
import type { Cache } from './cache.ts';
import type { RedisCache } from './redis-cache.ts';
import { fallBackOnValues } from './values.ts';

/**
 * Mode `shared` or `degraded`. Never rejects because of Redis, and never waits for it longer than one answer may take (about 50 ms).
 * `redis` and `memory` must share their listeners, so that subscriptions outlive every change of mode.
 */
export function createFallbackCache({ redis, memory, logger }: { redis: RedisCache; memory: Cache; logger: Logger }): Cache {
	const ledger = createOutageLedger();
	const circuit = createRedisCircuit({
		redis,
		logger,
		catchUp: () => ledger.replay(redis),
	});

	return {
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
		...fallBackOnValues({ redis, memory, circuit }),
		mode: circuit.mode,
		async close() {
			circuit.stop();
			await Promise.all([redis.close(), memory.close()]);
		},
	};
}
