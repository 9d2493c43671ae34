/** Who does jobs, when, and in which turn, on both databases. */

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JobDefinition } from '#src/jobs/job.ts';
import { testDatabases } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createErrands, openJobScene } from './errands.ts';
import { leaseMs, startProcess } from './process.ts';

describe.each(testDatabases())('workers on $name', ({ open }) => {
	const scene = openJobScene(open);

	test('people take turns, so fifty jobs of one keep another waiting for a few', async () => {
		const { definition, begun, names } = createErrands();
		const { jobs, worker } = await startProcess(scene.database, scene.clock, [definition]);
		const busy = randomUUID();
		await scene.database.asApp(async (transaction) => {
			for (let number = 0; number < 50; number++) {
				await jobs.enqueue(transaction, definition, { name: `busy ${number}`, userId: busy });
			}
		});
		worker.start();
		await scene.until(() => begun.length === 4);
		await jobs.enqueue(scene.database, definition, { name: 'one', userId: randomUUID() });
		await jobs.enqueue(scene.database, definition, { name: 'another', userId: randomUUID() });
		await jobs.enqueue(scene.database, definition, { name: 'of the program' });
		for (const { end } of [...begun]) end();
		await scene.until(() => begun.length === 8);
		expect(names().slice(4).sort()).toEqual(['another', 'busy 4', 'of the program', 'one']);
	});

	test('among the jobs of one person the higher priority goes first', async () => {
		const [low, high] = [createErrands({ name: 'low', priority: -1 }), createErrands({ name: 'high' })];
		const { jobs, worker } = await startProcess(scene.database, scene.clock, [low.definition, high.definition]);
		for (let number = 0; number < 4; number++) await jobs.enqueue(scene.database, low.definition, { name: 'low' });
		for (let number = 0; number < 4; number++) await jobs.enqueue(scene.database, high.definition, { name: 'high' });
		worker.start();
		await scene.until(() => worker.activeCount() === 4);
		expect([low.begun.length, high.begun.length]).toEqual([0, 4]);
	});

	test('a process that stops hands its jobs back, and those tries do not count', async () => {
		const { definition, begun } = createErrands();
		const [first, second] = [
			await startProcess(scene.database, scene.clock, [definition]),
			await startProcess(scene.database, scene.clock, [definition]),
		];
		first.worker.start();
		await first.jobs.enqueue(scene.database, definition, { name: 'long' });
		await scene.until(() => begun.length === 1);
		await first.worker.stop();
		expect(first.ends).toEqual([{ name: 'errand', attempt: 1, outcome: 'handed-back' }]);
		second.worker.start();
		await scene.until(() => begun.length === 2);
		expect(begun[1]?.context.attempt).toBe(1);
	});

	test('the job of a process that died goes on in another once the lease has run out, and what the dead one says counts no more', async () => {
		const { definition, begun } = createErrands();
		const dead = await startProcess(scene.database, createManualClock(), [definition]);
		const alive = await startProcess(scene.database, scene.clock, [definition]);
		dead.worker.start();
		await dead.jobs.enqueue(scene.database, definition, { name: 'orphan' });
		await expect.poll(() => begun.length).toBe(1);
		alive.worker.start();
		await scene.clock.advance(60_000);
		expect(begun).toHaveLength(1);
		await scene.database.query(`update ccb_jobs.job_common set heartbeat_on = now() - $1 * interval '1 ms'`, [leaseMs]);
		await scene.until(() => begun.length === 2);
		expect(begun[1]?.context.attempt).toBe(2);
		begun[0]?.end();
		await expect.poll(() => dead.ends.map(({ outcome }) => outcome)).toEqual(['cancelled']);
		begun[1]?.end();
		await scene.until(() => alive.ends.length === 1);
		expect(alive.ends).toEqual([{ name: 'errand', attempt: 2, outcome: 'done' }]);
	});

	test('what takes too long, and what does not hear its signal, is ended and tried again', async () => {
		const { definition, begun } = createErrands({ timeLimitMs: 60_000 });
		const deaf: JobDefinition = { name: 'deaf', data: z.object({}), timeLimitMs: 60_000, run: () => new Promise(() => {}) };
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [definition, deaf]);
		worker.start();
		await jobs.enqueue(scene.database, definition, { name: 'endless' });
		await jobs.enqueue(scene.database, deaf, {});
		await scene.until(() => worker.activeCount() === 2);
		await scene.clock.advanceUntil(() => ends.length === 2, 120_000);
		expect(ends.map(({ name, outcome }) => [name, outcome])).toEqual([
			['errand', 'retried'],
			['deaf', 'retried'],
		]);
		expect(begun[0]?.context.signal.reason).toMatchObject({ code: 'TIMEOUT' });
	});

	test('a job that this program does not know waits for one that does', async () => {
		const [known, unknown] = [createErrands(), createErrands({ name: 'newer' })];
		const { jobs, worker, ends } = await startProcess(scene.database, scene.clock, [known.definition]);
		worker.start();
		const id = await jobs.enqueue(scene.database, unknown.definition, { name: 'later' });
		await scene.until(() => ends.length === 1);
		expect(ends).toEqual([{ name: 'newer', attempt: 1, outcome: 'handed-back' }]);
		expect(await jobs.look(id ?? '')).toMatchObject({ state: 'waiting' });
	});

	test('what runs by itself runs once in its span over all processes', async () => {
		const daily = createErrands({ name: 'daily', data: z.object({}) as never, everyMs: 86_400_000 });
		const [first, second] = [
			await startProcess(scene.database, scene.clock, [daily.definition]),
			await startProcess(scene.database, scene.clock, [daily.definition]),
		];
		first.worker.start();
		second.worker.start();
		await scene.until(() => daily.begun.length === 1);
		daily.begun[0]?.end();
		await scene.until(() => first.ends.length + second.ends.length === 1);
		expect(await first.jobs.enqueue(scene.database, daily.definition, { name: 'again' })).toBeNull();
		expect([...first.storeErrors, ...second.storeErrors]).toEqual([]);
	});

	test('what runs by itself runs again in the next span', async () => {
		const often = createErrands({ name: 'often', data: z.object({}) as never, everyMs: 60_000 });
		const { worker } = await startProcess(scene.database, scene.clock, [often.definition]);
		worker.start();
		await scene.until(() => often.begun.length === 1);
		often.begun[0]?.end();
		await scene.database.query(`update ccb_jobs.job_common set singleton_on = singleton_on - interval '1 minute'`);
		await scene.until(() => often.begun.length === 2);
	});
});
