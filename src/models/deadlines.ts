/** The time limits of one stream: first token, silence between tokens, and the whole. One timer for all, not one per token. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { over, pause } from '../waiting.ts';

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
	/** So far the time was not the model's: others were served first. What counts begins now. */
	restart(): void;
	/** A limit passed that is counted elsewhere. */
	expire(reason: string): void;
	/** How long nothing has come; 0 while the time is not the model's. */
	silentMs(): number;
	/** Something came from the model. */
	hasStarted(): boolean;
	stop(): void;
}

/** Starts the clock of the total and of the first token. Call `stop` in the end. */
export function startDeadlines(clock: Clock, limits: StreamLimits): Deadlines {
	const expired = new AbortController();
	const stopped = new AbortController();
	const started = new AbortController();
	let startedAtMs = clock.now();
	let waitingSinceMs: number | null = startedAtMs;
	let limit: 'first-token' | 'silence' = 'first-token';

	/** The limit that passes first as things are, and the time left until then. */
	const nextLimit = (): { reason: string; leftMs: number } => {
		const limitMs = limit === 'silence' ? limits.silenceMs : limits.firstTokenMs;
		const leftMs = limitMs - (waitingSinceMs === null ? 0 : clock.now() - waitingSinceMs);
		const totalLeftMs = limits.totalMs - (clock.now() - startedAtMs);
		return totalLeftMs < leftMs ? { reason: 'total', leftMs: totalLeftMs } : { reason: limit, leftMs };
	};
	const watch = async (): Promise<void> => {
		while (!stopped.signal.aborted) {
			const { reason, leftMs } = nextLimit();
			if (leftMs <= 0) return expired.abort(timeout(reason));
			// The limit changes once, at the first token: only that cuts a wait short, later tokens are seen when the time is up.
			const wake = limit === 'silence' ? stopped.signal : started.signal;
			await pause(clock, leftMs, wake);
		}
	};
	void watch();

	return {
		signal: expired.signal,
		waiting: () => {
			waitingSinceMs = clock.now();
		},
		received: () => {
			waitingSinceMs = null;
			if (limit === 'silence') return;
			limit = 'silence';
			started.abort(over);
		},
		restart: () => {
			startedAtMs = clock.now();
			if (waitingSinceMs !== null) waitingSinceMs = startedAtMs;
		},
		expire: (reason) => expired.abort(timeout(reason)),
		silentMs: () => (waitingSinceMs === null ? 0 : clock.now() - waitingSinceMs),
		hasStarted: () => limit === 'silence',
		stop: () => {
			stopped.abort(over);
			started.abort(over);
		},
	};
}

function timeout(reason: string): BotError {
	return new BotError('TIMEOUT', `the model exceeded the limit: ${reason}`, { retryable: true, reason });
}
