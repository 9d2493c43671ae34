/** Jobs that this program did not leave in this form: another version did, or somebody else who writes into the table. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JobDefinition } from '#src/jobs/job.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { startProcess } from './process.ts';

interface Errand {
	name: string;
}

/** One that notes what it has done. */
function createErrand() {
	const done: string[] = [];
	const definition: JobDefinition<Errand> = {
		name: 'errand',
		data: z.object({ name: z.string() }),
		retry: { times: 1, pauseMs: 1_000, maxPauseMs: 1_000 },
		run: async ({ name }) => void done.push(name),
	};
	return { definition, done };
}

describe.each(testDatabases())('jobs of others on $name', ({ open }) => {
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

	/** What waits for its next try waits by the database's clock. */
	const endPauses = () => store.database.query(`update ccb_jobs.job_common set start_after = now() where state = 'retry'`);
	const until = (condition: () => boolean) => clock.advanceUntil(condition, 60_000);

	test('data of another version wait for a program that knows them, and are kept in the end', async () => {
		const { definition, done } = createErrand();
		const { jobs, worker, ends, deadLetters } = await startProcess(store.database, clock, [definition]);
		const newer: JobDefinition<{ title: string }> = { name: 'errand', data: z.object({ title: z.string() }), run: async () => {} };
		worker.start();
		await jobs.enqueue(store.database, { ...newer, retry: { times: 1, pauseMs: 1_000, maxPauseMs: 1_000 } }, { title: 'later' });
		await until(() => ends.length === 1);
		await endPauses();
		await until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['retried', 'failed']);
		expect(await deadLetters.list()).toMatchObject([{ code: 'NOT_FOUND' }]);
		expect(done).toEqual([]);
	});

	test('a row of another form holds up nothing', async () => {
		const { definition, done } = createErrand();
		const { jobs, worker } = await startProcess(store.database, clock, [definition]);
		const id = await jobs.enqueue(store.database, definition, { name: 'broken' });
		await store.database.query('update ccb_jobs.job_common set data = null where id = $1', [id]);
		worker.start();
		await jobs.enqueue(store.database, definition, { name: 'next' });
		await until(() => done.length === 1);
		expect(done).toEqual(['next']);
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'waiting' });
	});
});
