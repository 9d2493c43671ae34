/** One try of a job, from its data to its end in the database. */

import type { Clock } from '../clock.ts';
import { inBackground } from '../database/background.ts';
import type { Transaction } from '../database/transaction.ts';
import { BotError, toBotError } from '../errors.ts';
import { type PgBoss, workQueue } from './boss.ts';
import { bury } from './bury.ts';
import type { FetchedJob } from './fair-turns.ts';
import { type JobContext, type JobDefinition, standardTimeLimitMs } from './job.ts';
import type { JobRegistry } from './registry.ts';
import { type Attempt, finishAttempt, type JobRows, type Progress } from './rows.ts';

/**
 * `retried` waits for its next try, `failed` has none left; `handed-back` did not count; `cancelled` by somebody, or taken over by another
 * process that believed this one dead.
 */
export type TryOutcome = 'done' | 'retried' | 'failed' | 'cancelled' | 'handed-back';

export interface TryEnd {
	outcome: TryOutcome;
	/** Why it was not done. */
	error: BotError | null;
}

export interface Try {
	attempt: Attempt;
	/** As the job said last; null before it said anything. */
	progress(): Progress | null;
	/** The try is not the job's any more. */
	cancel(): void;
	/** The process stops. The job waits again once `idle` has settled: this process must not be the one that takes it. */
	handBack(idle: Promise<unknown>): void;
	/** When nothing of it is waited for any more, and its end is stored. Never rejects. */
	ended: Promise<TryEnd>;
}

export interface TryDependencies {
	boss: Pick<PgBoss, 'fail'>;
	rows: JobRows;
	registry: JobRegistry;
	clock: Clock;
}

/** What a job may take to end once its signal has fired. One that takes longer is left to itself. */
const endWithinMs = 5_000;
/** While a program is being replaced, the older one does not know all jobs of the newer. */
const unknownAgainMs = 60_000;
/** Nor all data: what no program knows is kept with what failed when its tries are used up. */
const unknownData = new BotError('NOT_FOUND', 'the data of the job is not what this program knows of it', { retryable: true });
/** Between two attempts to store an end while the database is away. */
const storeAgainMs = 1_000;

const cancelled = new BotError('CANCELLED', 'the job was cancelled, or another process has taken it over');
const handedBack = new BotError('CANCELLED', 'the job is handed back');

export function beginTry(deps: TryDependencies, fetched: FetchedJob): Try {
	const { boss, rows, clock, registry } = deps;
	const attempt: Attempt = { id: fetched.id, retryCount: fetched.retryCount };
	const abort = new AbortController();
	let progress: Progress | null = null;
	/** The job ended itself, in a transaction that is committed. */
	let isFinished = false;
	let mayWaitAgain: Promise<unknown> = Promise.resolve();

	const context: JobContext = {
		id: attempt.id,
		attempt: attempt.retryCount + 1,
		signal: abort.signal,
		progress: (done, total) => {
			progress = { done, total };
		},
		finishIn: async ({ query, afterCommit }: Transaction) => {
			const ended = await query(finishAttempt, [attempt.id, attempt.retryCount]);
			if (ended.length === 0) throw new BotError('CONFLICT', cancelled.message);
			afterCommit(() => {
				isFinished = true;
			});
		},
	};

	async function run(definition: JobDefinition): Promise<void> {
		const data = definition.data.safeParse(fetched.data.data);
		if (!data.success) throw unknownData;
		const over = new AbortController();
		const timedOut = new BotError('TIMEOUT', 'the job took too long', { retryable: true });
		clock.wait(definition.timeLimitMs ?? standardTimeLimitMs, over.signal).then(
			() => abort.abort(timedOut),
			() => {},
		);
		try {
			await Promise.race([inBackground(() => definition.run(data.data, context)), abandon(abort.signal)]);
		} finally {
			over.abort();
		}
	}

	async function abandon(signal: AbortSignal): Promise<never> {
		await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
		await clock.wait(endWithinMs);
		throw signal.reason;
	}

	/** What is done is done, whatever the signal says by now. */
	async function finish(): Promise<TryEnd> {
		for (;;) {
			try {
				return { outcome: isFinished || (await rows.finish(attempt)) ? 'done' : 'cancelled', error: null };
			} catch (thrown) {
				if (!toBotError(thrown).retryable) throw thrown;
			}
			await clock.wait(storeAgainMs, abort.signal);
		}
	}

	async function fail(thrown: unknown): Promise<TryEnd> {
		const why = abort.signal.aborted ? abort.signal.reason : thrown;
		if (isFinished) return { outcome: 'done', error: null };
		if (why === cancelled) return { outcome: 'cancelled', error: null };
		if (why === handedBack) return await release();
		const error = toBotError(why);
		if (await rows.supersede(attempt)) return { outcome: 'retried', error };
		if (fetched.retryCount < fetched.retryLimit && !cannotGetBetter(error)) {
			await boss.fail(workQueue, attempt, { code: error.code });
			return { outcome: 'retried', error };
		}
		if (!(await rows.forgoRetries(attempt))) return { outcome: 'cancelled', error: null };
		await bury(deps, attempt, fetched.data, error.code);
		return { outcome: 'failed', error };
	}

	async function release(delayMs = 0): Promise<TryEnd> {
		await mayWaitAgain;
		await rows.release(attempt, { counts: false, delayMs });
		return { outcome: 'handed-back', error: null };
	}

	async function end(): Promise<TryEnd> {
		const definition = registry.find(fetched.data.job);
		try {
			if (definition === undefined) return await release(unknownAgainMs);
			return await run(definition).then(finish, fail);
		} catch (thrown) {
			// Its end could not be stored: once the lease has run out, the job is taken up again.
			return { outcome: 'retried', error: toBotError(thrown) };
		}
	}

	return {
		attempt,
		progress: () => progress,
		cancel: () => abort.abort(cancelled),
		handBack: (idle) => {
			mayWaitAgain = idle;
			abort.abort(handedBack);
		},
		ended: end(),
	};
}

/** What nobody foresaw may have been anything. */
function cannotGetBetter({ code, retryable }: BotError): boolean {
	return !retryable && code !== 'INTERNAL';
}
