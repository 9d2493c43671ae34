/** A process is killed in the middle of a job: another one does it, whole and once. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#src/clock.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { createUser, openEmbeddedDatabase, openServerDatabase } from '#test/fakes/database.ts';
import { startProcess } from './process.ts';

/** Long enough for three renewals on a busy machine. */
const leaseMs = 3_000;

/** A process that has begun the job, killed when the test calls. */
async function beginElsewhere(environment: Record<string, string>) {
	const script = fileURLToPath(new URL('hanging-process.ts', import.meta.url));
	const child = spawn(process.execPath, [script], {
		env: { ...process.env, ...environment, LEASE_MS: `${leaseMs}` },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	return async () => {
		child.kill('SIGKILL');
		await once(child, 'exit');
	};
}

/** The same job, as it ends well. */
function wholeJob(database: Database): JobDefinition<{ userId: string }> {
	return {
		name: 'hang',
		data: z.object({ userId: z.string() }),
		userId: ({ userId }) => userId,
		run: async ({ userId }) => {
			await database.asRegistrar(({ query }) => query(`update users set display_name = display_name || ', whole' where id = $1`, [userId]));
		},
	};
}

const nameOf = async (database: Database, userId: string) => {
	const [row] = await database.queryAsRegistrar<{ name: string }>('select display_name as name from users where id = $1', [userId]);
	return row?.name;
};

test('on the server another process takes the job over once the lease has run out', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const { database, settings } = store;
	const definition = wholeJob(database);
	const survivor = await startProcess(database, systemClock, [definition], { leaseMs });
	const { userId } = await createUser(database);
	await survivor.jobs.enqueue(database, definition, { userId });
	const kill = await beginElsewhere({ DATABASE_URL: settings.url ?? '' });
	survivor.worker.start();
	await kill();
	await expect.poll(() => survivor.ends).toEqual([{ name: 'hang', attempt: 2, outcome: 'done' }]);
	expect(await nameOf(database, userId)).toBe(`user ${userId}, whole`);
});

test('on the embedded database the next start takes the job up at once', async () => {
	const store = await openEmbeddedDatabase();
	onTestFinished(() => store.remove());
	const { settings } = store;
	const { userId } = await createUser(store.database);
	const definition = wholeJob(store.database);
	const before = await startProcess(store.database, systemClock, [definition]);
	await before.jobs.enqueue(store.database, definition, { userId });
	await store.database.close();
	const kill = await beginElsewhere({ DATA_FOLDER: settings.dataFolder });
	await kill();
	const database = await openDatabase(settings);
	onTestFinished(() => database.close());
	const after = await startProcess(database, systemClock, [wholeJob(database)], { leaseMs: 600_000, isAlone: true });
	after.worker.start();
	await expect.poll(() => after.ends).toEqual([{ name: 'hang', attempt: 2, outcome: 'done' }]);
	expect(await nameOf(database, userId)).toBe(`user ${userId}, whole`);
});
