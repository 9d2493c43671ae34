/** Values that processes share for a while and may lose at any moment: the port, in memory, in Redis, and in memory while Redis is away. */

import type { RedisCircuit } from '../redis/circuit.ts';
import { createValueStore } from '../value-store.ts';

export interface Values {
	/** In place of the one before, for so long at most. */
	keep(key: string, value: string, lifetimeMs: number): Promise<void>;
	/** Null when there is none, or it was lost. */
	recall(key: string): Promise<string | null>;
	forget(key: string): Promise<void>;
}

/** What a connection to Redis can do. */
interface ValueCommands {
	set(key: string, value: string, unit: 'PX', lifetimeMs: number): Promise<unknown>;
	get(key: string): Promise<string | null>;
	del(key: string): Promise<unknown>;
}

/** `clock` gives milliseconds. */
export function createMemoryValues(clock: () => number): Values & { clear(): void } {
	const values = createValueStore(clock);
	return {
		keep: async (key, value, lifetimeMs) => values.set(key, value, lifetimeMs),
		recall: async (key) => values.get(key),
		forget: async (key) => values.delete(key),
		clear: values.clear,
	};
}

/** `send` rejects with `STORE_UNAVAILABLE` while Redis is away. */
export function createRedisValues(commands: ValueCommands, send: <T>(command: () => Promise<T>) => Promise<T>): Values {
	const redisKey = (key: string) => `value:${key}`;
	return {
		keep: async (key, value, lifetimeMs) =>
			void (await send(() => commands.set(redisKey(key), value, 'PX', Math.max(1, Math.ceil(lifetimeMs))))),
		recall: (key) => send(() => commands.get(redisKey(key))),
		forget: async (key) => void (await send(() => commands.del(redisKey(key)))),
	};
}

/** What this process has kept it still has when Redis goes away. */
export function fallBackOnValues({ redis, memory, circuit }: { redis: Values; memory: Values; circuit: RedisCircuit }): Values {
	const nothing = () => {};
	return {
		async keep(key, value, lifetimeMs) {
			await memory.keep(key, value, lifetimeMs);
			await circuit.answer(() => redis.keep(key, value, lifetimeMs), nothing);
		},
		recall: (key) =>
			circuit.answer(
				() => redis.recall(key),
				() => memory.recall(key),
			),
		async forget(key) {
			await memory.forget(key);
			await circuit.answer(() => redis.forget(key), nothing);
		},
	};
}
