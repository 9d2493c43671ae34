/** What failed for good: kept for ninety days, to be looked at, tried again or dropped. */

import type { Database } from '../database/database.ts';
import { BotError } from '../errors.ts';
import type { Jobs, StoredJob } from './jobs.ts';
import type { JobRegistry } from './registry.ts';
import { mostListed, programGroup } from './rows.ts';

export interface DeadLetter {
	id: string;
	/** Of the job that failed. */
	jobId: string;
	name: string;
	/** Null for the program's own. */
	userId: string | null;
	failedAt: Date;
	/** How often it was tried. */
	tries: number;
	/** Of the last error; null when its process died. */
	code: string | null;
}

export interface DeadLetters {
	/** The newest, a hundred at most. @throws BotError as `Database.query`. */
	list(): Promise<DeadLetter[]>;
	/**
	 * Leaves the job again, with all its tries.
	 * @returns its name, and the id of the new one or null when one of its key waits already.
	 * @throws BotError `NOT_FOUND` when it is not in the list, or this program does not know such a job any more; else as `Jobs.enqueue`.
	 */
	retry(id: string): Promise<{ name: string; jobId: string | null }>;
	/** @returns its name, or null when it was not in the list. @throws BotError as `Database.query`. */
	drop(id: string): Promise<string | null>;
}

const selectNewest = `
	select id, source_id as "jobId", data ->> 'job' as name, nullif(group_id, $2) as "userId", created_on as "failedAt",
		source_retry_count + 1 as tries, source_output ->> 'code' as code
	from ccb_jobs.job_common where name = 'dead' order by created_on desc limit $1`;

const take = `delete from ccb_jobs.job_common where name = 'dead' and id = $1 returning data`;

export function createDeadLetters({ database, jobs, registry }: { database: Database; jobs: Jobs; registry: JobRegistry }): DeadLetters {
	return {
		list: () => database.query<DeadLetter>(selectNewest, [mostListed, programGroup]),
		retry: (id) =>
			database.asApp(async (transaction) => {
				const [taken] = await transaction.query<{ data: StoredJob }>(take, [id]);
				const definition = registry.find(taken?.data.job ?? '');
				if (taken === undefined || definition === undefined) throw new BotError('NOT_FOUND', 'there is no such job that failed');
				return { name: definition.name, jobId: await jobs.enqueue(transaction, definition, taken.data.data as object) };
			}),
		drop: async (id) => (await database.query<{ data: StoredJob }>(take, [id]))[0]?.data.job ?? null,
	};
}
