/** A clock that stands still until a test moves it. */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import { databaseWork } from './database-work.ts';

export interface ManualClock extends Clock {
	/** Moves time on, waking whoever waits, in order, and lets everything that follows settle in between. */
	advance(durationMs: number): Promise<void>;
	/** Moves on in steps until `condition` holds. Fails after `limitMs` of its own time. */
	advanceUntil(condition: () => boolean, limitMs: number): Promise<void>;
}

interface Sleeper {
	atMs: number;
	wake(): void;
}

export function createManualClock(startMs = 1_000_000): ManualClock {
	let nowMs = startMs;
	const sleepers = new Set<Sleeper>();

	async function advance(durationMs: number): Promise<void> {
		const untilMs = nowMs + durationMs;
		for (;;) {
			await settle();
			const next = [...sleepers].filter((sleeper) => sleeper.atMs <= untilMs).sort((left, right) => left.atMs - right.atMs)[0];
			if (next === undefined) break;
			nowMs = Math.max(nowMs, next.atMs);
			sleepers.delete(next);
			next.wake();
		}
		nowMs = untilMs;
		await settle();
	}

	return {
		now: () => nowMs,
		wait: (durationMs, signal) =>
			new Promise((resolve, reject) => {
				const cancel = () => {
					sleepers.delete(sleeper);
					reject(new BotError('CANCELLED', 'a wait was cancelled'));
				};
				const sleeper = {
					atMs: nowMs + Math.max(durationMs, 0),
					wake: () => {
						signal?.removeEventListener('abort', cancel);
						resolve();
					},
				};
				if (signal?.aborted) return cancel();
				signal?.addEventListener('abort', cancel, { once: true });
				sleepers.add(sleeper);
			}),
		advance,
		async advanceUntil(condition, limitMs) {
			const deadlineMs = nowMs + limitMs;
			await settle();
			while (!condition() && nowMs < deadlineMs) await advance(10);
			if (!condition()) throw new Error(`did not happen within ${limitMs} ms of the clock: ${condition}`);
		},
	};
}

/** Real time that a transaction may take on a busy machine. */
const patienceMs = 5_000;

/** Promise chains of the code under test end within a few turns of the event loop, but for what a database has yet to answer. */
async function settle(): Promise<void> {
	do {
		for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
	} while (await databaseWork(patienceMs));
}
