/** Jobs that fail for good, however that comes, say so before they are kept with what failed. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BotError } from '#src/errors.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { leaseMs, startProcess } from './process.ts';

type Errand = { number: number };

describe.each(testDatabases())('a job that fails for good on $name', ({ open }) => {
	let store: TestDatabase;
	let clock: ManualClock;
	/** The data of those that were lost, in order. */
	let lost: Errand[];
	/** What is thrown instead of saying so, one for each time. */
	let faults: BotError[];

	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		[clock, lost, faults] = [createManualClock(), [], []];
		await store.database.query('delete from ccb_jobs.job_common');
	});

	const errand = (run: JobDefinition<Errand>['run'], manners: Partial<JobDefinition<Errand>> = {}): JobDefinition<Errand> => ({
		name: 'errand',
		data: z.object({ number: z.number() }),
		retry: { times: 0, pauseMs: 1_000, maxPauseMs: 1_000 },
		...manners,
		run,
		async onLost(data) {
			const fault = faults.shift();
			if (fault !== undefined) throw fault;
			lost.push(data);
		},
	});
	const hang: JobDefinition<Errand>['run'] = (_data, { signal }) =>
		new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
	const start = (definition: JobDefinition<Errand>, at = clock) =>
		startProcess(store.database, at, [definition as unknown as JobDefinition]);
	/** Every process that runs something is silent for longer than a lease. */
	const silence = () => store.database.query(`update ccb_jobs.job_common set heartbeat_on = now() - $1 * interval '1 ms'`, [leaseMs]);

	test('says so when its process died at its last try', async () => {
		const definition = errand(hang);
		const [dead, alive] = [await start(definition, createManualClock()), await start(definition)];
		dead.worker.start();
		await dead.jobs.enqueue(store.database, definition, { number: 1 });
		await expect.poll(() => dead.worker.activeCount()).toBe(1);
		await silence();
		alive.worker.start();
		await clock.advanceUntil(() => lost.length > 0, 60_000);
		await expect.poll(() => alive.deadLetters.list()).toMatchObject([{ name: 'errand', tries: 1, code: null }]);
		expect(lost).toEqual([{ number: 1 }]);
	});

	test.each<[string, JobDefinition<Errand>['run'], string]>([
		['takes too long', hang, 'TIMEOUT'],
		['ends with an error', () => Promise.reject(new BotError('FORBIDDEN', 'no')), 'FORBIDDEN'],
	])('says so when its last try %s', async (_name, run, code) => {
		const definition = errand(run, { timeLimitMs: 60_000 });
		const { jobs, worker, ends, deadLetters } = await start(definition);
		worker.start();
		await jobs.enqueue(store.database, definition, { number: 2 });
		await expect.poll(() => worker.activeCount() + ends.length).toBe(1);
		await clock.advanceUntil(() => ends.length === 1, 120_000);
		expect([lost, await deadLetters.list()]).toMatchObject([[{ number: 2 }], [{ code }]]);
	});

	test('says nothing where another of its key waits, which does it', async () => {
		const definition = errand(hang, { key: () => '' });
		const [dead, alive] = [await start(definition, createManualClock()), await start(errand(async () => {}, { key: () => '' }))];
		dead.worker.start();
		await dead.jobs.enqueue(store.database, definition, { number: 3 });
		await expect.poll(() => dead.worker.activeCount()).toBe(1);
		await alive.jobs.enqueue(store.database, definition, { number: 4 });
		await silence();
		alive.worker.start();
		await clock.advanceUntil(() => alive.ends.length === 1, 60_000);
		expect([alive.ends, lost, await alive.deadLetters.list()]).toEqual([[{ name: 'errand', attempt: 1, outcome: 'done' }], [], []]);
	});

	test('says so later where that cannot be stored, and is kept in any case', async () => {
		faults = [new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }), new BotError('INTERNAL', 'a fault of ours')];
		const definition = errand(() => Promise.reject(new BotError('FORBIDDEN', 'no')));
		const { jobs, worker, ends, deadLetters } = await start(definition);
		worker.start();
		await jobs.enqueue(store.database, definition, { number: 5 });
		await clock.advanceUntil(() => ends.length === 1, 60_000);
		expect(await deadLetters.list()).toEqual([]);
		await silence();
		await clock.advanceUntil(() => faults.length === 0, 60_000);
		await expect.poll(() => deadLetters.list()).toHaveLength(1);
	});
});
