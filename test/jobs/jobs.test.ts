/** A job on both databases: left in a transaction, tried again, watched, cancelled, ended. */

import { describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createUser, testDatabases } from '#test/fakes/database.ts';
import { createErrands, type Errand, openJobScene } from './errands.ts';
import { startProcess } from './process.ts';

describe.each(testDatabases())('jobs on $name', ({ open }) => {
	const scene = openJobScene(open);

	test('a job that was left in a transaction is begun as soon as that is committed, and not at all when it is rolled back', async () => {
		const { definition, begun, names } = createErrands();
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [definition]);
		worker.start();
		const failure = new Error('no');
		await expect(
			scene.database.asApp(async (transaction) => {
				await jobs.enqueue(transaction, definition, { name: 'gone' });
				throw failure;
			}),
		).rejects.toBe(failure);
		const id = await scene.database.asApp((transaction) => jobs.enqueue(transaction, definition, { name: 'kept' }));
		// The clock stands still, so nobody has looked again.
		await expect.poll(names).toEqual(['kept']);
		expect(begun[0]?.context).toMatchObject({ id, attempt: 1 });
		expect(await jobs.look(id ?? '')).toEqual({ name: 'errand', userId: null, state: 'running', progress: null });
		begun[0]?.end();
		await scene.until(() => ends.length === 1);
		expect(ends).toEqual([{ name: 'errand', attempt: 1, outcome: 'done' }]);
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'done' });
	});

	test('in their own name people leave jobs for themselves alone, and read none', async () => {
		const { definition } = createErrands();
		const { jobs } = await startProcess(scene.database, scene.clock, [definition]);
		const [asker, other] = [await createUser(scene.database), await createUser(scene.database)];
		const id = await scene.database.asUser(asker, (transaction) =>
			jobs.enqueue(transaction, definition, { name: 'mine', userId: asker.userId }),
		);
		expect(await jobs.look(id ?? '')).toMatchObject({ userId: asker.userId, state: 'waiting' });
		for (const userId of [other.userId, undefined]) {
			const left = scene.database.asUser(asker, (transaction) => jobs.enqueue(transaction, definition, { name: 'other', userId }));
			await expect(left).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		for (const sql of ['select data from ccb_jobs.job_common', 'select * from ccb_jobs.job', 'delete from ccb_jobs.job_common']) {
			await expect(scene.database.queryAs(asker, sql)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		const changes = [
			`update ccb_jobs.job_common set state = 'completed' where name = 'work' returning id`,
			'select id from ccb_jobs.job_common',
		];
		for (const sql of changes) expect(await scene.database.queryAs(other, sql)).toEqual([]);
		// Not even what is their own, before it runs.
		expect(await scene.database.queryAs(asker, changes[0] ?? '')).toEqual([]);
	});

	test('data that the job does not ask for is refused', async () => {
		const { definition } = createErrands();
		const { jobs } = await startProcess(scene.database, scene.clock, [definition]);
		await expect(jobs.enqueue(scene.database, definition, { name: 5 } as unknown as Errand)).rejects.toMatchObject({ code: 'INTERNAL' });
	});

	test('of one key one job waits, and none runs beside another', async () => {
		const { definition, begun, names } = createErrands({ key: () => 'the same' });
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [definition]);
		const leave = (name: string) => jobs.enqueue(scene.database, definition, { name });
		expect(await leave('first')).not.toBeNull();
		expect(await leave('refused')).toBeNull();
		worker.start();
		await scene.until(() => begun.length === 1);
		expect(await leave('second')).not.toBeNull();
		expect(await leave('refused again')).toBeNull();
		await scene.clock.advance(20_000);
		expect(names()).toEqual(['first']);
		begun[0]?.end();
		await scene.until(() => begun.length === 2);
		expect(names()).toEqual(['first', 'second']);
		begun[1]?.end();
		await scene.until(() => ends.length === 2);
	});

	test('a failed job is left to another of its key that waits, and while it waits itself no other is taken in', async () => {
		const { definition, begun, names } = createErrands({ key: () => 'the same' });
		const { jobs, worker, deadLetters } = await startProcess(scene.database, scene.clock, [definition]);
		const leave = (name: string) => jobs.enqueue(scene.database, definition, { name });
		worker.start();
		await leave('first');
		await scene.until(() => begun.length === 1);
		await leave('second');
		begun[0]?.end(new Error('failed'));
		await scene.until(() => begun.length === 2);
		begun[1]?.end(new Error('failed'));
		await expect.poll(() => jobs.count()).toEqual([{ name: 'errand', state: 'waiting', count: 1, oldestSeconds: 0 }]);
		expect(await leave('third')).toBeNull();
		expect(names()).toEqual(['first', 'second']);
		expect(await deadLetters.list()).toEqual([]);
	});

	test('a failed job is tried again after a pause', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [definition]);
		worker.start();
		const id = await jobs.enqueue(scene.database, definition, { name: 'again' });
		await scene.until(() => begun.length === 1);
		begun[0]?.end(new BotError('MODEL_UNAVAILABLE', 'no model', { retryable: true }));
		await scene.until(() => ends.length === 1);
		const [row] = await scene.database.query<{ seconds: number }>(
			'select extract(epoch from start_after - now())::float as seconds from ccb_jobs.job_common where id = $1',
			[id],
		);
		expect(row?.seconds).toBeGreaterThan(5);
		expect(row?.seconds).toBeLessThan(21);
		await scene.clock.advance(20_000);
		expect(begun).toHaveLength(1);
		await scene.endPauses();
		await scene.until(() => begun.length === 2);
		expect(begun[1]?.context).toMatchObject({ id, attempt: 2 });
		begun[1]?.end();
		await scene.until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['retried', 'done']);
	});

	test('what fails for good is kept, can be tried again, and can be dropped', async () => {
		const { definition, begun } = createErrands({ retry: { times: 1, pauseMs: 1_000, maxPauseMs: 1_000 } });
		const { jobs, worker, ends, deadLetters } = await startProcess(scene.database, scene.clock, [definition]);
		worker.start();
		const { userId } = await createUser(scene.database);
		const jobId = await jobs.enqueue(scene.database, definition, { name: 'hopeless', userId });
		await scene.until(() => begun.length === 1);
		begun[0]?.end(new Error('failed'));
		await scene.until(() => ends.length === 1);
		await scene.endPauses();
		await scene.until(() => begun.length === 2);
		begun[1]?.end(new BotError('TIMEOUT', 'failed again', { retryable: true }));
		await scene.until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['retried', 'failed']);
		expect(await jobs.look(jobId ?? '')).toMatchObject({ state: 'failed' });
		expect(await jobs.count()).toEqual([{ name: 'errand', state: 'failed', count: 1, oldestSeconds: 0 }]);
		const [letter] = await deadLetters.list();
		expect(letter).toMatchObject({ jobId, name: 'errand', userId, tries: 2, code: 'TIMEOUT', failedAt: expect.any(Date) });

		await deadLetters.retry(letter?.id ?? '');
		await scene.until(() => begun.length === 3);
		expect(begun[2]).toMatchObject({ data: { name: 'hopeless', userId }, context: { attempt: 1 } });
		expect(await deadLetters.list()).toEqual([]);
		await expect(deadLetters.retry(letter?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });

		begun[2]?.end(new BotError('FORBIDDEN', 'that cannot get better'));
		await scene.until(() => ends.length === 3);
		const [last] = await deadLetters.list();
		expect(last).toMatchObject({ tries: 1, code: 'FORBIDDEN' });
		expect(await deadLetters.drop(last?.id ?? '')).toBe('errand');
		expect(await deadLetters.drop(last?.id ?? '')).toBeNull();
		expect(await jobs.count()).toEqual([]);
	});

	test('others see how far a job is', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker } = await startProcess(scene.database, scene.clock, [definition]);
		worker.start();
		const id = await jobs.enqueue(scene.database, definition, { name: 'long' });
		await scene.until(() => begun.length === 1);
		begun[0]?.context.progress(3, 7);
		await scene.clock.advance(2_000);
		await expect.poll(() => jobs.look(id ?? '')).toMatchObject({ state: 'running', progress: { done: 3, total: 7 } });
	});

	test('a job that waits or runs is cancelled from any process', async () => {
		const { definition, begun } = createErrands();
		const here = await startProcess(scene.database, scene.clock, [definition]);
		const elsewhere = await startProcess(scene.database, scene.clock, [definition]);
		const leave = () => here.jobs.enqueue(scene.database, definition, { name: 'needless' });
		const waiting = await leave();
		expect(await elsewhere.jobs.cancel(waiting ?? '')).toBe(true);
		here.worker.start();
		for (const process of [here, elsewhere]) {
			const before = begun.length;
			const id = await leave();
			await scene.until(() => begun.length === before + 1);
			expect(await process.jobs.cancel(id ?? '')).toBe(true);
			expect(await process.jobs.cancel(id ?? '')).toBe(false);
			await scene.until(() => begun[before]?.context.signal.aborted === true && here.worker.activeCount() === 0);
			expect(await here.jobs.look(id ?? '')).toMatchObject({ state: 'cancelled', progress: null });
		}
		expect(begun).toHaveLength(2);
		expect(here.ends.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
	});

	test('a job can end in the transaction of its effect, and has no effect once it was cancelled', async () => {
		const { definition, begun } = createErrands();
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [definition]);
		worker.start();
		const asker = await createUser(scene.database);
		const rename = async (name: string) =>
			await scene.database.asRegistrar(({ query }) => query('update users set display_name = $2 where id = $1', [asker.userId, name]));
		await rename('nobody');
		const leave = () => jobs.enqueue(scene.database, definition, { name: 'exactly once', userId: asker.userId });

		const id = await leave();
		await scene.until(() => begun.length === 1);
		await scene.database.asUser(asker, async (transaction) => await begun[0]?.context.finishIn(transaction));
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'done' });
		begun[0]?.end();
		await scene.until(() => ends.length === 1);

		const cancelled = await leave();
		await scene.until(() => begun.length === 2);
		await jobs.cancel(cancelled ?? '');
		const late = scene.database.asUser(asker, async (transaction) => await begun[1]?.context.finishIn(transaction));
		await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
		await scene.until(() => ends.length === 2);
		expect(ends.map(({ outcome }) => outcome)).toEqual(['done', 'cancelled']);

		await leave();
		await scene.until(() => begun.length === 3);
		const other = await createUser(scene.database);
		const foreign = scene.database.asUser(other, async (transaction) => await begun[2]?.context.finishIn(transaction));
		await expect(foreign).rejects.toMatchObject({ code: 'CONFLICT' });
	});
});
