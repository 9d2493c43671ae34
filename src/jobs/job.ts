/** What a job is: its name, its data, its manners and its work, all in one file of the room that it belongs to. */

import type { z } from 'zod';
import type { Transaction } from '../database/transaction.ts';

export interface JobDefinition<Data extends object = object> {
	/** Lower case with hyphens, and never changed: it stands in the database beside what waits, and in metrics. */
	readonly name: string;
	/** Ids and numbers. Nothing that people said: a job reads that when it runs, in the name of whoever may. */
	readonly data: z.ZodType<Data>;
	/**
	 * Jobs of one key never run side by side, and while one waits another is not taken in; one that comes while it runs waits.
	 * Without it every job counts for itself.
	 */
	key?(data: Data): string;
	/** `users.id` of whom it is done for: people take turns. Null or not given for the program itself, which takes turns like one of them. */
	userId?(data: Data): string | null;
	/** Among the jobs of one person the higher goes first; 0 unless given. */
	readonly priority?: number;
	/** How a failed try is repeated, `standardRetry` unless given. What cannot get better is not repeated: a `BotError` that is not retryable. */
	readonly retry?: RetryPolicy;
	/** How long it waits before its first try: what comes meanwhile under its key is done with it. Whole seconds; at once unless given. */
	readonly delayMs?: number;
	/** For one try, `standardTimeLimitMs` unless given. */
	readonly timeLimitMs?: number;
	/** Runs by itself, once in such a span over all processes; its data is then `{}`. At most a day, which is how long ended jobs are kept. */
	readonly everyMs?: number;
	/**
	 * Does the work: at least once, and again from the start when its process died. Must end soon after the signal fires. Calls of models have
	 * priority `background`.
	 */
	run(data: Data, context: JobContext): Promise<void>;
	/**
	 * Says so where people look: the job has failed for good, by an error, by its time limit, or with its process. Before it goes to what failed,
	 * and again where that could not be stored; in any process.
	 */
	onLost?(data: Data): Promise<void>;
}

export interface RetryPolicy {
	/** After the first one. */
	times: number;
	/** Before the first repetition, or up to twice as long; doubled each time, up to `maxPauseMs`. Whole seconds. */
	pauseMs: number;
	maxPauseMs: number;
}

export interface JobContext {
	/** Of the job; the same in each try. */
	id: string;
	/** From 1 on. */
	attempt: number;
	/** Fires when the job is cancelled, takes too long, was taken over, or when the process stops. */
	signal: AbortSignal;
	/** Shows others how far it is, within two seconds. */
	progress(done: number, total: number): void;
	/**
	 * Ends the job together with what `transaction` writes, so that this is done exactly once; call it last. In a person's name it ends jobs of
	 * that person alone. @throws BotError `CONFLICT` when this try is not the job's any more: then the transaction has to be rolled back.
	 */
	finishIn(transaction: Transaction): Promise<void>;
}

/** Most outages are over within half an hour: the first pause is 10 to 20 s, so that not all come back at once, and the last ten minutes. */
export const standardRetry: RetryPolicy = { times: 8, pauseMs: 10_000, maxPauseMs: 600_000 };
/** As long as one call of a model may take in all, which is the longest thing that most jobs do. */
export const standardTimeLimitMs = 900_000;
