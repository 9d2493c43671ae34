/** The jobs of one process, as the program puts them together, over a database that others may use too. */

import { onTestFinished } from 'vitest';
import type { Clock } from '#src/clock.ts';
import type { Database } from '#src/database/database.ts';
import type { BotError } from '#src/errors.ts';
import type { DeadLetters } from '#src/jobs/dead-letters.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { createJobRegistry } from '#src/jobs/registry.ts';
import type { TryOutcome } from '#src/jobs/try.ts';
import type { JobWorker, JobWorkerDependencies } from '#src/jobs/worker.ts';

export interface JobProcess {
	jobs: Jobs;
	worker: JobWorker;
	deadLetters: DeadLetters;
	/** What became of tries here, in order. */
	ends: { name: string; attempt: number; outcome: TryOutcome }[];
	storeErrors: BotError[];
}

export const leaseMs = 15_000;

/** Its worker is stopped with the test, and waits by `clock`. */
export async function startProcess(
	database: Database,
	clock: Clock,
	definitions: JobDefinition[],
	options: Partial<Pick<JobWorkerDependencies, 'leaseMs' | 'isAlone'>> = {},
): Promise<JobProcess> {
	const opened = await openJobs(database);
	const registry = createJobRegistry(definitions);
	const ends: JobProcess['ends'] = [];
	const storeErrors: BotError[] = [];
	const worker = opened.createWorker({
		...{ registry, clock, leaseMs, isAlone: false, ...options },
		onEnd: ({ name, attempt }, { outcome }) => ends.push({ name, attempt, outcome }),
		onStoreError: (error) => storeErrors.push(error),
		onStoreWorked: () => {},
	});
	onTestFinished(async () => {
		await worker.stop();
		await opened.close();
	});
	return { jobs: opened.jobs, worker, deadLetters: opened.deadLetters(registry), ends, storeErrors };
}
