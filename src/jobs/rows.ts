/** What becomes of jobs beside taking them in, fetching them and failing them, which are pg-boss's own statements. */

import type { Database } from '../database/database.ts';

/** One try of a job: once it was begun again elsewhere, what belongs to an earlier one changes nothing. */
export interface Attempt {
	id: string;
	/** How many tries came before. */
	retryCount: number;
}

export interface Progress {
	done: number;
	total: number;
}

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface JobStanding {
	name: string;
	/** Null for the program's own. */
	userId: string | null;
	state: JobState;
	/** Of the try that runs; null before it said anything, and when none runs. */
	progress: Progress | null;
}

export interface JobCount {
	name: string;
	state: 'waiting' | 'running' | 'failed';
	count: number;
	/** For how long the oldest of those that wait could have begun; 0 for others. */
	oldestSeconds: number;
}

/** A job that waits or runs. */
export interface UnfinishedJob {
	id: string;
	name: string;
	state: 'waiting' | 'running';
	/** When it was left; of one that runs, when this try began. */
	since: Date;
	/** Of the error that the try before ended with; null without one. */
	code: string | null;
}

/** Who waits in turn: a person, or the program as one of them. */
export const programGroup = 'program';

/** For how long ended jobs are kept, and what failed for good: who looks after an installation is there within weeks. */
const keptMs = { ended: 24 * 3_600_000, dead: 90 * 24 * 3_600_000 };

/** More help nobody to see what is the matter. */
export const mostListed = 100;

/** Every method throws BotError `STORE_UNAVAILABLE` (retryable), within seconds, while the database is away. */
export function createJobRows(database: Database) {
	const changed = async (sql: string, parameters: readonly unknown[]) => (await database.query(sql, parameters)).length > 0;
	const supersede = ({ id, retryCount }: Attempt) => changed(supersedeAttempt, [id, retryCount]);
	return {
		/** Prolongs the tries that are still their job's, and notes how far they are. Resolves with those. */
		async renew(running: readonly (Attempt & { progress: Progress | null })[]): Promise<Attempt[]> {
			const columns = [running.map(({ id }) => id), running.map(({ retryCount }) => retryCount)];
			const progress = running.map((entry) => entry.progress && JSON.stringify(entry.progress));
			return await database.queryFirst<Attempt>(renewAttempts, [...columns, progress]);
		},
		/** Tries whose process has been silent for `leaseMs`, whether they were the job's last, and what its row holds. */
		lost: (leaseMs: number) => database.query<Attempt & { isLast: boolean; stored: unknown }>(findLost, [leaseMs]),
		/** Ends a try well. False when it is not the job's any more. */
		finish: ({ id, retryCount }: Attempt) => changed(finishAttempt, [id, retryCount]),
		/**
		 * Lets the job wait again, for `delayMs`; as if this try had never been unless it `counts`. Where another of its key waits already, that
		 * one does it. False when the try is not the job's any more.
		 */
		release: async ({ id, retryCount }: Attempt, { counts, delayMs = 0 }: { counts: boolean; delayMs?: number }) =>
			(await supersede({ id, retryCount })) || (await changed(releaseAttempt, [id, retryCount, counts, delayMs])),
		/** Ends the job where another of its key waits, which will do the same; false where none does. */
		supersede,
		/** Makes this try the last one. False when it is not the job's any more. */
		forgoRetries: ({ id, retryCount }: Attempt) => changed(forgoRetries, [id, retryCount]),
		/** False when there is no such job, or it has ended. */
		cancel: (id: string) => changed(cancelJob, [id]),
		/** Null when there is no such job, or it ended more than a day ago. */
		look: async (id: string) => (await database.query<JobStanding>(lookAt, [id, programGroup]))[0] ?? null,
		count: () => database.query<JobCount>(countJobs),
		unfinished: () => database.query<UnfinishedJob>(selectUnfinished, [mostListed]),
		/** Deletes what ended long ago. */
		tidy: async () => void (await database.query(deleteEnded, [keptMs.ended, keptMs.dead])),
	};
}

export type JobRows = ReturnType<typeof createJobRows>;

const isAttempt = `job.name = 'work' and job.id = $1 and job.retry_count = $2 and job.state = 'active'`;
const anotherWaits = `exists (
	select from ccb_jobs.job_common as other
	where other.name = 'work' and other.singleton_key = job.singleton_key and other.state in ('created', 'retry')
)`;

const renewAttempts = `
	update ccb_jobs.job_common as job set heartbeat_on = now(), output = coalesce(running.progress::jsonb, job.output)
	from unnest($1::uuid[], $2::int[], $3::text[]) as running(id, retry_count, progress)
	where job.name = 'work' and job.state = 'active' and job.id = running.id and job.retry_count = running.retry_count
	returning job.id, job.retry_count as "retryCount"`;

const findLost = `
	select id, retry_count as "retryCount", retry_count >= retry_limit as "isLast", data as stored from ccb_jobs.job_common
	where name = 'work' and state = 'active' and heartbeat_on <= now() - $1 * interval '1 ms'`;

/** The program's, or people's in whose name the job is done: they have no right to more columns. */
export const finishAttempt = `
	update ccb_jobs.job_common set state = 'completed', completed_on = now(), output = null
	where name = 'work' and id = $1 and retry_count = $2 and state = 'active' returning id`;

/** What never began does not count as a try when it is fetched. */
const releaseAttempt = `
	update ccb_jobs.job_common as job set
		state = case when $3 then 'retry'::ccb_jobs.job_state else 'created' end,
		started_on = case when $3 then started_on end,
		heartbeat_on = null, output = null, start_after = now() + $4 * interval '1 ms'
	where ${isAttempt} returning id`;

const supersedeAttempt = `
	update ccb_jobs.job_common as job set state = 'completed', completed_on = now(), output = null
	where ${isAttempt} and ${anotherWaits} returning id`;

const forgoRetries = `update ccb_jobs.job_common as job set retry_limit = retry_count where ${isAttempt} returning id`;

const cancelJob = `
	update ccb_jobs.job_common set state = 'cancelled', completed_on = now(), output = null
	where name = 'work' and id = $1 and state in ('created', 'retry', 'active') returning id`;

const stateWords = `case state
	when 'created' then 'waiting' when 'retry' then 'waiting' when 'active' then 'running' when 'completed' then 'done' else state::text end`;

const lookAt = `
	select data ->> 'job' as name, nullif(group_id, $2) as "userId", ${stateWords} as state,
		case when state = 'active' then output end as progress
	from ccb_jobs.job_common where name = 'work' and id = $1`;

const selectUnfinished = `
	select id, data ->> 'job' as name, ${stateWords} as state, case when state = 'active' then started_on else created_on end as since,
		case when state = 'retry' then output ->> 'code' end as code
	from ccb_jobs.job_common where name = 'work' and state in ('created', 'retry', 'active') order by created_on, id limit $1`;

/** What failed for good is counted where it is kept. */
const countJobs = `
	select data ->> 'job' as name, case when name = 'dead' then 'failed' else ${stateWords} end as state, count(*) as count,
		greatest(coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and name = 'work')), 0), 0)::float8
			as "oldestSeconds"
	from ccb_jobs.job_common where name = 'dead' or name = 'work' and state in ('created', 'retry', 'active')
	group by 1, 2`;

const deleteEnded = `
	delete from ccb_jobs.job_common
	where name = 'work' and completed_on < now() - $1 * interval '1 ms' or name = 'dead' and created_on < now() - $2 * interval '1 ms'`;
