/** Time as a dependency, so that tests move it by hand. */

import { BotError } from './errors.ts';

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** @throws BotError `CANCELLED` when the signal fires first. */
	wait(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** One for all: a cancelled wait is ordinary, happens several times a second per reply, and nobody reads its stack. */
const cancelled = new BotError('CANCELLED', 'a wait was cancelled');

export const systemClock: Clock = {
	now: () => Date.now(),
	wait: (durationMs, signal) =>
		new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(cancelled);
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', cancel);
				resolve();
			}, durationMs);
			const cancel = () => {
				clearTimeout(timer);
				reject(cancelled);
			};
			signal?.addEventListener('abort', cancel, { once: true });
		}),
};
