/** Leaving work for later, in the transaction of whoever leaves it, and looking after it. */

import { randomUUID } from 'node:crypto';
import type { SendOptions } from 'pg-boss';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import { BotError } from '../errors.ts';
import { asObject } from '../platform/untrusted-json.ts';
import { type PgBoss, through, workQueue } from './boss.ts';
import { type JobDefinition, standardRetry, standardTimeLimitMs } from './job.ts';
import { type JobCount, type JobRows, type JobStanding, programGroup, type UnfinishedJob } from './rows.ts';

export interface Jobs {
	/**
	 * Leaves a job: within `where` if that is a transaction, so that it is there if and only if the rest is; else at once, as the program. In
	 * a person's name only jobs for that person can be left.
	 * @returns its id, or null when one of its key waits already (or, of those that run by themselves, ran in this span).
	 * @throws BotError `INTERNAL` when the data is not what the job asks for, `FORBIDDEN` for another person's job; else as `Database.asUser`.
	 */
	enqueue<Data extends object>(where: Transaction | Database, definition: JobDefinition<Data>, data: Data): Promise<string | null>;
	/** How a job stands; null when there is none, or it ended more than a day ago. @throws BotError as `Database.query`. */
	look(id: string): Promise<JobStanding | null>;
	/**
	 * Ends a job, also a running one: its signal fires at once if it runs here, elsewhere within two seconds. What it did stays done.
	 * @returns false when there is no such job, or it has ended. @throws BotError as `Database.query`.
	 */
	cancel(id: string): Promise<boolean>;
	/** Of all processes, by name. @throws BotError as `Database.query`. */
	count(): Promise<JobCount[]>;
	/** What waits or runs in any process, the oldest first, a hundred at most. @throws BotError as `Database.query`. */
	unfinished(): Promise<UnfinishedJob[]>;
	/** Tells the worker of this process what is done here, which it would find out later by itself. */
	onChange(listener: JobListener): void;
}

export interface JobListener {
	enqueued(): void;
	cancelled(id: string): void;
}

/** What a row holds beside pg-boss's own columns. */
export interface StoredJob {
	job: string;
	data: unknown;
}

/** Whoever else writes into the table may write anything. */
export function readStored(row: unknown): StoredJob {
	return { job: '', data: null, ...asObject(row) };
}

export function createJobs({ boss, rows }: { boss: Pick<PgBoss, 'send'>; rows: JobRows }): Jobs {
	const listeners: JobListener[] = [];
	const tellEnqueued = () => {
		for (const listener of listeners) listener.enqueued();
	};

	async function enqueueIn<Data extends object>(transaction: Transaction, definition: JobDefinition<Data>, given: Data) {
		const parsed = definition.data.safeParse(given);
		if (!parsed.success) throw new BotError('INTERNAL', `the data for the job ${definition.name} is not what it asks for`);
		const stored: StoredJob = { job: definition.name, data: parsed.data };
		const id = await boss.send(workQueue, stored, { ...optionsOf(definition, parsed.data), db: through(transaction) });
		if (id !== null) transaction.afterCommit(tellEnqueued);
		return id;
	}

	return {
		enqueue: async (where, definition, data) =>
			'asApp' in where
				? await where.asApp((transaction) => enqueueIn(transaction, definition, data))
				: await enqueueIn(where, definition, data),
		look: rows.look,
		async cancel(id) {
			const isCancelled = await rows.cancel(id);
			if (isCancelled) for (const listener of listeners) listener.cancelled(id);
			return isCancelled;
		},
		count: rows.count,
		unfinished: rows.unfinished,
		onChange: (listener) => void listeners.push(listener),
	};
}

function optionsOf<Data extends object>(definition: JobDefinition<Data>, data: Data): SendOptions {
	const { name, priority = 0, retry = standardRetry, timeLimitMs = standardTimeLimitMs, everyMs, delayMs = 0 } = definition;
	return {
		priority,
		singletonKey: `${name}:${everyMs === undefined ? (definition.key?.(data) ?? randomUUID()) : ''}`,
		group: { id: definition.userId?.(data) ?? programGroup },
		retryLimit: retry.times,
		retryDelay: retry.pauseMs / 1_000,
		retryBackoff: true,
		retryDelayMax: retry.maxPauseMs / 1_000,
		expireInSeconds: Math.ceil(timeLimitMs / 1_000),
		...(delayMs === 0 ? {} : { startAfter: delayMs / 1_000 }),
		...(everyMs === undefined ? {} : { singletonSeconds: everyMs / 1_000 }),
	};
}
