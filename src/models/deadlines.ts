/** The time limits of one stream: first token, silence between tokens, and the whole. One timer for all, not one per token. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';

export interface StreamLimits {
	firstTokenMs: number;
	silenceMs: number;
	totalMs: number;
}

export interface Deadlines {
	/** Fires when a limit has passed; `signal.reason` is BotError `TIMEOUT` with the limit's name in `reason`. */
	readonly signal: AbortSignal;
	/** From here the time counts against the model. */
	waiting(): void;
	/** Something came; until `waiting` the time is the reader's own. */
	received(): void;
	stop(): void;
}

/** Starts the clock of the total and of the first token. Call `stop` in the end. */
export function startDeadlines(clock: Clock, limits: StreamLimits): Deadlines {
	const expired = new AbortController();
	const stopped = new AbortController();
	const startedAtMs = clock.now();
	let waitingSinceMs: number | null = startedAtMs;
	let limit: 'first-token' | 'silence' = 'first-token';

	const watch = async (): Promise<void> => {
		while (!stopped.signal.aborted) {
			const now = clock.now();
			const limitMs = limit === 'silence' ? limits.silenceMs : limits.firstTokenMs;
			const leftMs = waitingSinceMs === null ? limitMs : waitingSinceMs + limitMs - now;
			const totalLeftMs = startedAtMs + limits.totalMs - now;
			if (totalLeftMs <= 0) return expired.abort(timeout('total'));
			if (leftMs <= 0) return expired.abort(timeout(limit));
			await clock.wait(Math.min(leftMs, totalLeftMs), stopped.signal);
		}
	};
	// `wait` ends with CANCELLED when `stop` was called, which is how the watch ends.
	watch().catch(() => undefined);

	return {
		signal: expired.signal,
		waiting: () => {
			waitingSinceMs = clock.now();
		},
		received: () => {
			waitingSinceMs = null;
			limit = 'silence';
		},
		stop: () => stopped.abort(),
	};
}

function timeout(reason: string): BotError {
	return new BotError('TIMEOUT', `the model exceeded the limit: ${reason}`, { retryable: true, reason });
}
