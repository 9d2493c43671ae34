/** Waiting: for a time, for whatever comes first, and between two tries. Whatever comes, no timer and no listener is left behind. */

import type { Clock } from './clock.ts';

type Waits = Pick<Clock, 'wait'>;

/** The reason for ending a wait of our own. Without one every abort would build an exception with a stack, several times a second per reply. */
export const over = 'over';

/**
 * Calls `act` when the signal fires, at once if it has.
 * @returns what takes that back: a signal that lives on keeps its listeners, and all that they hold.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
	if (signal.aborted) act();
	else signal.addEventListener('abort', act, { once: true });
	return () => signal.removeEventListener('abort', act);
}

/** Resolves after so long, or as soon as the signal fires. */
export async function pause(clock: Waits, durationMs: number, signal: AbortSignal): Promise<void> {
	await clock.wait(durationMs, signal).catch(() => {});
}

/**
 * Resolves to whether the promise resolves within so long, and before the signal fires. What it stands for goes on.
 * @throws what the promise is rejected with, if it is in time.
 */
export async function isInTime(clock: Waits, promise: Promise<unknown>, withinMs: number, signal?: AbortSignal): Promise<boolean> {
	const ended = new AbortController();
	const end = () => ended.abort(over);
	const late = clock.wait(withinMs, ended.signal).catch(() => {});
	const forget = signal === undefined ? () => {} : onAbort(signal, end);
	try {
		return await Promise.race([promise.then(() => true), late.then(() => false)]);
	} finally {
		forget();
		end();
	}
}

/** What the promise gives. What it stands for goes on when the time is up. @throws `late()` then; what the promise is rejected with before. */
export async function inTime<T>(clock: Waits, promise: Promise<T>, withinMs: number, late: () => Error): Promise<T> {
	if (!(await isInTime(clock, promise, withinMs))) throw late();
	return await promise;
}

/** What the promise gives. What it stands for goes on when the signal fires. @throws `abandoned()` then; what the promise is rejected with before. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal, abandoned: () => Error): Promise<T> {
	const aborted = Promise.withResolvers<never>();
	const forget = onAbort(signal, () => aborted.reject(abandoned()));
	try {
		return await Promise.race([aborted.promise, promise]);
	} finally {
		forget();
	}
}

export interface TimeLimit {
	/** Fires when the time is up; and at `end`, when nothing goes by it any more. */
	readonly signal: AbortSignal;
	end(): void;
}

/** For whatever takes a signal. Its `end` must be called. */
export function startTimeLimit(clock: Waits, durationMs: number): TimeLimit {
	const limit = new AbortController();
	const end = () => limit.abort(over);
	clock.wait(durationMs, limit.signal).then(end, () => {});
	return { signal: limit.signal, end };
}

export interface GrowingPauses {
	firstMs: number;
	/** Each is twice as long as the one before, up to this. */
	mostMs: number;
	/** The share by which each is longer or shorter, by chance, so that many who wait do not come back at the same moment; 0 when not given. */
	jitter?: number;
}

/** How long to wait after so many failures in a row, from 1. */
export function growingPauseMs(failures: number, { firstMs, mostMs, jitter = 0 }: GrowingPauses): number {
	return varied(Math.min(firstMs * 2 ** (failures - 1), mostMs), jitter);
}

/** A little longer or shorter, by chance: at most by this share. */
export function varied(durationMs: number, share: number): number {
	return durationMs * (1 + share * (2 * Math.random() - 1));
}

export interface Repetition extends GrowingPauses {
	clock: Waits;
	/** Ends the pauses and the repetition, not an attempt that is on its way. */
	signal: AbortSignal;
}

/**
 * Calls `attempt` with its number, from 1, and with growing pauses, until it resolves to true or the signal fires.
 * @returns whether it did. @throws whatever it throws, at once.
 */
export async function repeatUntilDone(
	attempt: (number: number) => Promise<boolean>,
	{ clock, signal, ...pauses }: Repetition,
): Promise<boolean> {
	for (let number = 1; !signal.aborted; number++) {
		if (await attempt(number)) return true;
		await pause(clock, growingPauseMs(number, pauses), signal);
	}
	return false;
}
