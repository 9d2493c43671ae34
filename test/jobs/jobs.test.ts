/** Jobs on both databases: left in a transaction, done in turns, tried again, looked after. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BotError } from '#src/errors.ts';
import type { JobContext, JobDefinition } from '#src/jobs/job.ts';
import { createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { leaseMs, startProcess } from './process.ts';

interface Errand {
	name: string;
	userId?: string | undefined;
}

const errand = z.object({ name: z.string(), userId: z.string().optional() });

/** A job whose every try the test ends by hand. */
function createErrands(manners: Partial<JobDefinition<Errand>> = {}) {
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

describe.each(testDatabases())('jobs on $name', ({ open }) => {
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

	test('a job that was left in a transaction is begun as soon as that is committed, and not at all when it is rolled back', async () => {
		const { definition, begun, names } = createErrands();
		const { jobs, worker, ends } = await startProcess(store.database, clock, [definition]);
		worker.start();
		const failure = new Error('no');
		await expect(
			store.database.asApp(async (transaction) => {
				await jobs.enqueue(transaction, definition, { name: 'gone' });
				throw failure;
			}),
		).rejects.toBe(failure);
		const id = await store.database.asApp((transaction) => jobs.enqueue(transaction, definition, { name: 'kept' }));
		// The clock stands still, so nobody has looked again.
		await expect.poll(names).toEqual(['kept']);
		expect(begun[0]?.context).toMatchObject({ id, attempt: 1 });
		expect(await jobs.look(id ?? '')).toEqual({ name: 'errand', userId: null, state: 'running', progress: null });
		begun[0]?.end();
		await until(() => ends.length === 1);
		expect(ends).toEqual([{ name: 'errand', attempt: 1, outcome: 'done' }]);
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'done' });
	});

	test('in their own name people leave jobs for themselves alone, and read none', async () => {
		const { definition } = createErrands();
		const { jobs } = await startProcess(store.database, clock, [definition]);
		const [asker, other] = [await createUser(store.database), await createUser(store.database)];
		const id = await store.database.asUser(asker, (transaction) =>
			jobs.enqueue(transaction, definition, { name: 'mine', userId: asker.userId }),
		);
		expect(await jobs.look(id ?? '')).toMatchObject({ userId: asker.userId, state: 'waiting' });
		for (const userId of [other.userId, undefined]) {
			const left = store.database.asUser(asker, (transaction) => jobs.enqueue(transaction, definition, { name: 'other', userId }));
			await expect(left).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		for (const sql of ['select data from ccb_jobs.job_common', 'select * from ccb_jobs.job', 'delete from ccb_jobs.job_common']) {
			await expect(store.database.queryAs(asker, sql)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		const changes = [
			`update ccb_jobs.job_common set state = 'completed' where name = 'work' returning id`,
			'select id from ccb_jobs.job_common',
		];
		for (const sql of changes) expect(await store.database.queryAs(other, sql)).toEqual([]);
		// Not even what is their own, before it runs.
		expect(await store.database.queryAs(asker, changes[0] ?? '')).toEqual([]);
	});

	test('data that the job does not ask for is refused', async () => {
		const { definition } = createErrands();
		const { jobs } = await startProcess(store.database, clock, [definition]);
		await expect(jobs.enqueue(store.database, definition, { name: 5 } as unknown as Errand)).rejects.toMatchObject({ code: 'INTERNAL' });
	});

	test('of one key one job waits, and none runs beside another', async () => {
		const { definition, begun, names } = createErrands({ key: () => 'the same' });
		const { jobs, worker, ends } = await startProcess(store.database, clock, [definition]);
		const leave = (name: string) => jobs.enqueue(store.database, definition, { name });
		expect(await leave('first')).not.toBeNull();
		expect(await leave('refused')).toBeNull();
		worker.start();
		await until(() => begun.length === 1);
		expect(await leave('second')).not.toBeNull();
		expect(await leave('refused again')).toBeNull();
		await clock.advance(20_000);
		expect(names()).toEqual(['first']);
		begun[0]?.end();
		await until(() => begun.length === 2);
		expect(names()).toEqual(['first', 'second']);
		begun[1]?.end();
		await until(() => ends.length === 2);
	});

	test('a failed job is left to another of its key that waits, and while it waits itself no other is taken in', async () => {
		const { definition, begun, names } = createErrands({ key: () => 'the same' });
		const { jobs, worker, deadLetters } = await startProcess(store.database, clock, [definition]);
		const leave = (name: string) => jobs.enqueue(store.database, definition, { name });
		worker.start();
		await leave('first');
		await until(() => begun.length === 1);
		await leave('second');
		begun[0]?.end(new Error('failed'));
		await until(() => begun.length === 2);
		begun[1]?.end(new Error('failed'));
		await expect.poll(() => jobs.count()).toEqual([{ name: 'errand', state: 'waiting', count: 1 }]);
		expect(await leave('third')).toBeNull();
		expect(names()).toEqual(['first', 'second']);
		expect(await deadLetters.list()).toEqual([]);
	});

	test('a failed job is tried again after a pause', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker, ends } = await startProcess(store.database, clock, [definition]);
		worker.start();
		const id = await jobs.enqueue(store.database, definition, { name: 'again' });
		await until(() => begun.length === 1);
		begun[0]?.end(new BotError('MODEL_UNAVAILABLE', 'no model', { retryable: true }));
		await until(() => ends.length === 1);
		const [row] = await store.database.query<{ seconds: number }>(
			'select extract(epoch from start_after - now())::float as seconds from ccb_jobs.job_common where id = $1',
			[id],
		);
		expect(row?.seconds).toBeGreaterThan(5);
		expect(row?.seconds).toBeLessThan(21);
		await clock.advance(20_000);
		expect(begun).toHaveLength(1);
		await endPauses();
		await until(() => begun.length === 2);
		expect(begun[1]?.context).toMatchObject({ id, attempt: 2 });
		begun[1]?.end();
		await until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['retried', 'done']);
	});

	test('what fails for good is kept, can be tried again, and can be dropped', async () => {
		const { definition, begun } = createErrands({ retry: { times: 1, pauseMs: 1_000, maxPauseMs: 1_000 } });
		const { jobs, worker, ends, deadLetters } = await startProcess(store.database, clock, [definition]);
		worker.start();
		const { userId } = await createUser(store.database);
		const jobId = await jobs.enqueue(store.database, definition, { name: 'hopeless', userId });
		await until(() => begun.length === 1);
		begun[0]?.end(new Error('failed'));
		await until(() => ends.length === 1);
		await endPauses();
		await until(() => begun.length === 2);
		begun[1]?.end(new BotError('TIMEOUT', 'failed again', { retryable: true }));
		await until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['retried', 'failed']);
		expect(await jobs.look(jobId ?? '')).toMatchObject({ state: 'failed' });
		expect(await jobs.count()).toEqual([{ name: 'errand', state: 'failed', count: 1 }]);
		const [letter] = await deadLetters.list();
		expect(letter).toMatchObject({ jobId, name: 'errand', userId, tries: 2, code: 'TIMEOUT', failedAt: expect.any(Date) });

		await deadLetters.retry(letter?.id ?? '');
		await until(() => begun.length === 3);
		expect(begun[2]).toMatchObject({ data: { name: 'hopeless', userId }, context: { attempt: 1 } });
		expect(await deadLetters.list()).toEqual([]);
		await expect(deadLetters.retry(letter?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });

		begun[2]?.end(new BotError('FORBIDDEN', 'that cannot get better'));
		await until(() => ends.length === 3);
		const [last] = await deadLetters.list();
		expect(last).toMatchObject({ tries: 1, code: 'FORBIDDEN' });
		expect(await deadLetters.drop(last?.id ?? '')).toBe('errand');
		expect(await deadLetters.drop(last?.id ?? '')).toBeNull();
		expect(await jobs.count()).toEqual([]);
	});

	test('others see how far a job is', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker } = await startProcess(store.database, clock, [definition]);
		worker.start();
		const id = await jobs.enqueue(store.database, definition, { name: 'long' });
		await until(() => begun.length === 1);
		begun[0]?.context.progress(3, 7);
		await clock.advance(2_000);
		await expect.poll(() => jobs.look(id ?? '')).toMatchObject({ state: 'running', progress: { done: 3, total: 7 } });
	});

	test('a job that waits or runs is cancelled from any process', async () => {
		const { definition, begun } = createErrands();
		const here = await startProcess(store.database, clock, [definition]);
		const elsewhere = await startProcess(store.database, clock, [definition]);
		const leave = () => here.jobs.enqueue(store.database, definition, { name: 'needless' });
		const waiting = await leave();
		expect(await elsewhere.jobs.cancel(waiting ?? '')).toBe(true);
		here.worker.start();
		for (const process of [here, elsewhere]) {
			const id = await leave();
			const before = begun.length;
			await until(() => begun.length === before + 1);
			expect(await process.jobs.cancel(id ?? '')).toBe(true);
			expect(await process.jobs.cancel(id ?? '')).toBe(false);
			await until(() => begun[before]?.context.signal.aborted === true && here.worker.activeCount() === 0);
			expect(await here.jobs.look(id ?? '')).toMatchObject({ state: 'cancelled', progress: null });
		}
		expect(begun).toHaveLength(2);
		expect(here.ends.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
	});

	test('people take turns, so fifty jobs of one keep another waiting for a few', async () => {
		const { definition, begun, names } = createErrands();
		const { jobs, worker } = await startProcess(store.database, clock, [definition]);
		const busy = randomUUID();
		await store.database.asApp(async (transaction) => {
			for (let number = 0; number < 50; number++) {
				await jobs.enqueue(transaction, definition, { name: `busy ${number}`, userId: busy });
			}
		});
		worker.start();
		await until(() => begun.length === 4);
		await jobs.enqueue(store.database, definition, { name: 'one', userId: randomUUID() });
		await jobs.enqueue(store.database, definition, { name: 'another', userId: randomUUID() });
		await jobs.enqueue(store.database, definition, { name: 'of the program' });
		for (const { end } of [...begun]) end();
		await until(() => begun.length === 8);
		expect(names().slice(4).sort()).toEqual(['another', 'busy 4', 'of the program', 'one']);
	});

	test('among the jobs of one person the higher priority goes first', async () => {
		const [low, high] = [createErrands({ name: 'low', priority: -1 }), createErrands({ name: 'high' })];
		const { jobs, worker } = await startProcess(store.database, clock, [low.definition, high.definition]);
		for (let number = 0; number < 4; number++) await jobs.enqueue(store.database, low.definition, { name: 'low' });
		for (let number = 0; number < 4; number++) await jobs.enqueue(store.database, high.definition, { name: 'high' });
		worker.start();
		await until(() => worker.activeCount() === 4);
		expect([low.begun.length, high.begun.length]).toEqual([0, 4]);
	});

	test('a process that stops hands its jobs back, and those tries do not count', async () => {
		const { definition, begun } = createErrands();
		const [first, second] = [
			await startProcess(store.database, clock, [definition]),
			await startProcess(store.database, clock, [definition]),
		];
		first.worker.start();
		await first.jobs.enqueue(store.database, definition, { name: 'long' });
		await until(() => begun.length === 1);
		await first.worker.stop();
		expect(first.ends).toEqual([{ name: 'errand', attempt: 1, outcome: 'handed-back' }]);
		second.worker.start();
		await until(() => begun.length === 2);
		expect(begun[1]?.context.attempt).toBe(1);
	});

	test('the job of a process that died goes on in another once the lease has run out, and what the dead one says counts no more', async () => {
		const { definition, begun } = createErrands();
		const dead = await startProcess(store.database, createManualClock(), [definition]);
		const alive = await startProcess(store.database, clock, [definition]);
		dead.worker.start();
		await dead.jobs.enqueue(store.database, definition, { name: 'orphan' });
		await expect.poll(() => begun.length).toBe(1);
		alive.worker.start();
		await clock.advance(60_000);
		expect(begun).toHaveLength(1);
		await store.database.query(`update ccb_jobs.job_common set heartbeat_on = now() - $1 * interval '1 ms'`, [leaseMs]);
		await until(() => begun.length === 2);
		expect(begun[1]?.context.attempt).toBe(2);
		begun[0]?.end();
		await expect.poll(() => dead.ends.map(({ outcome }) => outcome)).toEqual(['cancelled']);
		begun[1]?.end();
		await until(() => alive.ends.length === 1);
		expect(alive.ends).toEqual([{ name: 'errand', attempt: 2, outcome: 'done' }]);
	});

	test('a job can end in the transaction of its effect, and has no effect once it was cancelled', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker, ends } = await startProcess(store.database, clock, [definition]);
		worker.start();
		const asker = await createUser(store.database);
		const rename = async (name: string) =>
			await store.database.asRegistrar(({ query }) => query('update users set display_name = $2 where id = $1', [asker.userId, name]));
		await rename('nobody');
		const leave = () => jobs.enqueue(store.database, definition, { name: 'exactly once', userId: asker.userId });

		const id = await leave();
		await until(() => begun.length === 1);
		await store.database.asUser(asker, async (transaction) => await begun[0]?.context.finishIn(transaction));
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'done' });
		begun[0]?.end();
		await until(() => ends.length === 1);

		const cancelled = await leave();
		await until(() => begun.length === 2);
		await jobs.cancel(cancelled ?? '');
		const late = store.database.asUser(asker, async (transaction) => await begun[1]?.context.finishIn(transaction));
		await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
		await until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['done', 'cancelled']);

		await leave();
		await until(() => begun.length === 3);
		const other = await createUser(store.database);
		const foreign = store.database.asUser(other, async (transaction) => await begun[2]?.context.finishIn(transaction));
		await expect(foreign).rejects.toMatchObject({ code: 'CONFLICT' });
	});

	test('what takes too long, and what does not hear its signal, is ended and tried again', async () => {
		const { definition, begun } = createErrands({ timeLimitMs: 60_000 });
		const deaf: JobDefinition = { name: 'deaf', data: z.object({}), timeLimitMs: 60_000, run: () => new Promise(() => {}) };
		const { jobs, worker, ends } = await startProcess(store.database, clock, [definition, deaf]);
		worker.start();
		await jobs.enqueue(store.database, definition, { name: 'endless' });
		await jobs.enqueue(store.database, deaf, {});
		await until(() => worker.activeCount() === 2);
		await clock.advanceUntil(() => ends.length === 2, 120_000);
		expect(ends.map(({ name, outcome }) => [name, outcome])).toEqual([
			['errand', 'retried'],
			['deaf', 'retried'],
		]);
		expect(begun[0]?.context.signal.reason).toMatchObject({ code: 'TIMEOUT' });
	});

	test('a job that this program does not know waits for one that does', async () => {
		const [known, unknown] = [createErrands(), createErrands({ name: 'newer' })];
		const { jobs, worker, ends } = await startProcess(store.database, clock, [known.definition]);
		worker.start();
		const id = await jobs.enqueue(store.database, unknown.definition, { name: 'later' });
		await until(() => ends.length === 1);
		expect(ends).toEqual([{ name: 'newer', attempt: 1, outcome: 'handed-back' }]);
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'waiting' });
	});

	test('what runs by itself runs once in its span over all processes', async () => {
		const daily = createErrands({ name: 'daily', data: z.object({}) as never, everyMs: 86_400_000 });
		const [first, second] = [
			await startProcess(store.database, clock, [daily.definition]),
			await startProcess(store.database, clock, [daily.definition]),
		];
		first.worker.start();
		second.worker.start();
		await until(() => daily.begun.length === 1);
		daily.begun[0]?.end();
		await until(() => first.ends.length + second.ends.length === 1);
		expect(await first.jobs.enqueue(store.database, daily.definition, { name: 'again' })).toBeNull();
		expect([...first.storeErrors, ...second.storeErrors]).toEqual([]);
	});

	test('what runs by itself runs again in the next span', async () => {
		const often = createErrands({ name: 'often', data: z.object({}) as never, everyMs: 60_000 });
		const { worker } = await startProcess(store.database, clock, [often.definition]);
		worker.start();
		await until(() => often.begun.length === 1);
		often.begun[0]?.end();
		await store.database.query(`update ccb_jobs.job_common set singleton_on = singleton_on - interval '1 minute'`);
		await until(() => often.begun.length === 2);
	});
});
