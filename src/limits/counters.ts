/** Counts that end by themselves, shared by all processes through Redis, or in this process's memory without Redis and while it is away. */

import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { silentLogger } from '../log.ts';
import { createRedisCircuit, type RedisCircuit } from '../redis/circuit.ts';
import { ANSWER_WITHIN_MS, answerOf, createRedisConnection } from '../redis/connection.ts';
import { createProbe } from '../redis/probe.ts';

export interface Count {
	used: number;
	/** Milliseconds until the count is 0 again; 0 when nothing is counted. */
	resetInMs: number;
}

/** Counts one kind of thing per key. A key's window begins with what is counted first and is not lengthened by what follows. */
export interface Counter {
	read(key: string): Promise<Count>;
	/** Counts `points`, a whole number, whatever was counted before. */
	add(key: string, points: number): Promise<Count>;
	/** Takes back what was counted a moment ago. */
	giveBack(key: string, points: number): Promise<void>;
}

/** No method ever rejects because of Redis, nor waits longer for it than one answer may take (about 50 ms). */
export interface Counters {
	/** @param windowMs whole seconds. */
	open(name: string, windowMs: number): Counter;
	close(): Promise<void>;
}

interface SharedCounts {
	connection: ReturnType<typeof createRedisConnection>;
	circuit: RedisCircuit;
	answerWithinMs: number;
}

/** Without a `url` counts are this process's own. With one it connects at once; call `close()` in the end. */
export function openCounters({ url, answerWithinMs = ANSWER_WITHIN_MS }: { url: string | null; answerWithinMs?: number }): Counters {
	const shared = url === null ? null : connect(url, answerWithinMs);
	return {
		open: (name, windowMs) => createCounter({ keyPrefix: `count:${name}`, points: 0, duration: windowMs / 1_000 }, shared),
		async close() {
			shared?.circuit.stop();
			shared?.connection.disconnect();
		},
	};
}

/** `points` of the library is the limit. Here each person has their own, so nothing is ever refused: what is counted is compared by the caller. */
function createCounter(options: { keyPrefix: string; points: number; duration: number }, shared: SharedCounts | null): Counter {
	const memory = new RateLimiterMemory(options);
	const redis = shared === null ? null : new RateLimiterRedis({ ...options, storeClient: shared.connection, rejectIfRedisNotReady: true });

	/** Memory knows what Redis said last, so that nobody begins at 0 when Redis goes away. */
	async function remember(key: string, count: Count): Promise<void> {
		if (count.resetInMs === 0) await memory.delete(key);
		else await memory.set(key, count.used, count.resetInMs / 1_000);
	}

	async function ask(key: string, work: (limiter: RateLimiterRedis | RateLimiterMemory) => Promise<RateLimiterRes | null>): Promise<Count> {
		const fromMemory = async () => countOf(await work(memory));
		if (shared === null || redis === null) return await fromMemory();
		return await shared.circuit.answer(async () => {
			const count = countOf(await answerOf(work(redis), shared.answerWithinMs));
			await remember(key, count);
			return count;
		}, fromMemory);
	}

	return {
		read: (key) => ask(key, (limiter) => limiter.get(key)),
		add: (key, points) => ask(key, (limiter) => limiter.penalty(key, points)),
		async giveBack(key, points) {
			await ask(key, (limiter) => limiter.reward(key, points));
		},
	};
}

function connect(url: string, answerWithinMs: number): SharedCounts {
	// Why it cannot connect is said by the cache, and it goes on trying by itself.
	const connection = createRedisConnection(url, () => {});
	const probe = createProbe(() => answerOf(connection.set('probe:counters', '1', 'PX', 1_000), answerWithinMs), [connection]);
	const redis = { connect: () => connection.connect(), probe };
	return { connection, circuit: createRedisCircuit({ redis, catchUp: async () => {}, logger: silentLogger }), answerWithinMs };
}

function countOf(answer: RateLimiterRes | null): Count {
	// Memory forgets a window a moment after its end. What is given back after that would be counted as less than nothing.
	if (answer === null || answer.msBeforeNext <= 0) return { used: 0, resetInMs: 0 };
	return { used: Math.max(0, answer.consumedPoints), resetInMs: answer.msBeforeNext };
}
