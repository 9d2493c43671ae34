/** Errands: jobs whose every try the test ends by hand, over a database and by a clock of the test. */

import { afterAll, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import type { Database } from '#src/database/database.ts';
import type { JobContext, JobDefinition } from '#src/jobs/job.ts';
import type { TestDatabase, TestDatabaseKind } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';

export interface Errand {
	name: string;
	userId?: string | undefined;
}

export interface JobScene {
	readonly database: Database;
	/** Stands still until the test moves it; a new one for each test. */
	readonly clock: ManualClock;
	/** Moves the clock, by a minute at most. */
	until(condition: () => boolean): Promise<void>;
	/** What waits for its next try waits by the database's clock. */
	endPauses(): Promise<unknown>;
}

const errand = z.object({ name: z.string(), userId: z.string().optional() });

/** A job whose every try the test ends by hand. */
export function createErrands(manners: Partial<JobDefinition<Errand>> = {}) {
	const begun: { data: Errand; context: JobContext; end: (error?: Error) => void }[] = [];
	const definition: JobDefinition<Errand> = {
		name: 'errand',
		data: errand,
		userId: (data) => data.userId ?? null,
		...manners,
		run: (data, context) =>
			new Promise((resolve, reject) => {
				begun.push({ data, context, end: (error) => (error === undefined ? resolve() : reject(error)) });
				context.signal.addEventListener('abort', () => reject(context.signal.reason));
			}),
	};
	return { definition, begun, names: () => begun.map(({ data }) => data.name) };
}

/** For a `describe`: one database for all its tests, without jobs at the beginning of each. */
export function openJobScene(open: TestDatabaseKind['open']): JobScene {
	let store: TestDatabase;
	let clock: ManualClock;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		clock = createManualClock();
		await store.database.query('delete from ccb_jobs.job_common');
	});
	return {
		get database() {
			return store.database;
		},
		get clock() {
			return clock;
		},
		until: (condition) => clock.advanceUntil(condition, 60_000),
		endPauses: () => store.database.query(`update ccb_jobs.job_common set start_after = now() where state = 'retry'`),
	};
}
