/** Jobs that the librarian leaves, and jobs that wait before their first try. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#src/clock.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { startProcess } from './process.ts';

describe.each(testDatabases())('a job on $name', ({ open }) => {
	let store: TestDatabase;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	test('is left by the librarian for anybody, and ended together with what it changes; its data is nothing to them', async () => {
		const { database } = store;
		const errand: JobDefinition<{ userId: string }> = {
			name: 'errand',
			data: z.object({ userId: z.string() }),
			userId: ({ userId }) => userId,
			run: (_data, { finishIn }) => database.asLibrarian(finishIn),
		};
		const { jobs, worker, ends } = await startProcess(database, systemClock, [errand]);
		const { userId } = await createUser(database);
		const id = await database.asLibrarian((transaction) => jobs.enqueue(transaction, errand, { userId }));
		expect(await jobs.look(id ?? '')).toMatchObject({ userId, state: 'waiting' });
		for (const sql of ['select data from ccb_jobs.job_common', 'select * from ccb_jobs.job', 'delete from ccb_jobs.job_common'])
			await expect(database.queryAsLibrarian(sql)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		worker.start();
		await expect.poll(() => ends).toEqual([{ name: 'errand', attempt: 1, outcome: 'done' }]);
	});

	test('with a delay waits for it, and what comes in the meantime is done with it', async () => {
		const { database } = store;
		const late: JobDefinition = { name: 'late', data: z.object({}), key: () => '', delayMs: 600_000, run: async () => {} };
		const { jobs } = await startProcess(database, systemClock, [late]);
		expect(await jobs.enqueue(database, late, {})).not.toBeNull();
		expect(await jobs.enqueue(database, late, {})).toBeNull();
		const [left] = await database.query<{ seconds: number }>(
			`select extract(epoch from start_after - now())::float as seconds from ccb_jobs.job_common where data ->> 'job' = 'late'`,
		);
		expect(left?.seconds).toBeGreaterThan(540);
	});
});
