/** Time as a dependency, so that tests move it by hand. */

import { setTimeout as wait } from 'node:timers/promises';
import { BotError } from './errors.ts';

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** @throws BotError `CANCELLED` when the signal fires first. */
	wait(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (durationMs, signal) => {
		try {
			await wait(durationMs, undefined, signal ? { signal } : undefined);
		} catch (cause) {
			throw new BotError('CANCELLED', 'a wait was cancelled', { cause });
		}
	},
};
