/** The jobs of one process, put together over its database. */

import type { Database } from '../database/database.ts';
import { openBoss } from './boss.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import type { JobDefinition } from './job.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { JobRegistry } from './registry.ts';
import { createJobRows } from './rows.ts';
import { createTidyJob } from './tidy.ts';
import { createJobWorker, type JobWorker, type JobWorkerDependencies } from './worker.ts';

export interface OpenJobs {
	jobs: Jobs;
	/** What keeps the jobs themselves in order: part of every registry. */
	ownJobs: readonly JobDefinition[];
	createWorker(options: Omit<JobWorkerDependencies, 'database' | 'boss' | 'rows' | 'jobs'>): JobWorker;
	deadLetters(registry: JobRegistry): DeadLetters;
	/** Once the worker has stopped. */
	close(): Promise<void>;
}

/** @throws BotError as `openBoss`. */
export async function openJobs(database: Database): Promise<OpenJobs> {
	const boss = await openBoss(database);
	const rows = createJobRows(database);
	const jobs = createJobs({ boss, rows });
	return {
		jobs,
		ownJobs: [createTidyJob(rows)],
		createWorker: (options) => createJobWorker({ database, boss, rows, jobs, ...options }),
		deadLetters: (registry) => createDeadLetters({ database, jobs, registry }),
		close: () => boss.stop({ graceful: false }),
	};
}
