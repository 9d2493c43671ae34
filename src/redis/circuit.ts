/** Decides call by call whether Redis or memory answers, and finds out when Redis is back. */

import { setTimeout as delay } from 'node:timers/promises';
import { BotError } from '../errors.ts';
import type { Logger } from '../log.ts';

/** How often a Redis that is away is tried. */
const PROBE_EVERY_MS = 200;

/** How long the very first calls may wait for the first connection, which is usually there after a few milliseconds. */
const START_WITHIN_MS = 50;

export interface Probed {
	/** Starts connecting. Rejects with `STORE_UNAVAILABLE` when the first attempt fails; the attempts go on by themselves. */
	connect(): Promise<void>;
	/** Writes something small, to see whether Redis can be used again. Connects anew when a connection stays silent. */
	probe(): Promise<void>;
}

export interface RedisCircuit {
	/**
	 * The answer of `fromRedis`, unless Redis is away or goes away over it (`STORE_UNAVAILABLE`): then that of `fromMemory`, and of memory
	 * alone until a probe has succeeded. Other errors are passed on.
	 */
	answer<T>(fromRedis: () => Promise<T>, fromMemory: () => Promise<T> | T): Promise<T>;
	mode(): 'shared' | 'degraded';
	stop(): void;
}

/** Connects at once. `catchUp` tells Redis what it has missed, before the first call goes to it again; when it rejects, Redis is still away. */
export function createRedisCircuit({
	redis,
	catchUp,
	logger,
}: {
	redis: Probed;
	catchUp: () => Promise<void>;
	logger: Logger;
}): RedisCircuit {
	const stopping = new AbortController();
	const { signal } = stopping;
	let mode: 'shared' | 'degraded' = 'degraded';

	async function connect(): Promise<void> {
		try {
			await redis.connect();
			await close();
		} catch (error) {
			open(error);
		}
	}

	async function close(): Promise<void> {
		await catchUp();
		if (signal.aborted) return;
		mode = 'shared';
		logger.info({ mode }, 'the cache is in Redis, shared by all processes');
	}

	function open(error: unknown): void {
		if (signal.aborted) return;
		mode = 'degraded';
		const reason = error instanceof BotError ? error.reason : undefined;
		logger.warn({ mode, reason }, 'Redis is away: until it is back the cache is in memory and call budgets are halved');
		void probeUntilBack();
	}

	async function probeUntilBack(): Promise<void> {
		while (mode === 'degraded' && !signal.aborted) {
			try {
				await delay(PROBE_EVERY_MS, undefined, { ref: false, signal });
				await redis.probe();
				await close();
			} catch {
				// Still away, which was said when it went; or stopped, which ends the loop.
			}
		}
	}

	const started = Promise.race([connect(), delay(START_WITHIN_MS, undefined, { ref: false })]);

	return {
		async answer(fromRedis, fromMemory) {
			await started;
			if (mode === 'shared') {
				try {
					return await fromRedis();
				} catch (error) {
					if (!(error instanceof BotError && error.code === 'STORE_UNAVAILABLE')) throw error;
					// Of many calls that fail together the first one opens the circuit.
					if (mode === 'shared') open(error);
				}
			}
			return await fromMemory();
		},
		mode: () => mode,
		stop: () => stopping.abort(),
	};
}
