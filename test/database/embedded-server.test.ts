/** Postgres on a thread of this process: it keeps nobody waiting, and a connection that is given up leaves nothing to the next one. */

import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { EmbeddedServer } from '#src/database/embedded-server.ts';
import { createEmbeddedPool } from '#src/database/pools.ts';
import { silentLogger } from '#src/log.ts';
import { openEmptyEmbedded } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { startServerInThread } from '#test/fakes/server-in-thread.ts';

let server: EmbeddedServer;
let pool: Pool;

beforeEach(async () => {
	server = await openEmptyEmbedded();
	pool = createEmbeddedPool(server, silentLogger);
});
afterEach(async () => {
	await pool.end();
	await server.close();
});

it('lets the event loop turn while a statement runs', async () => {
	await pool.query('select 1');
	let turns = 0;
	let isAnswered = false;
	const asked = pool.query('select count(*) from generate_series(1, 10000)').then(() => {
		isAnswered = true;
	});
	while (!isAnswered) {
		await setImmediate();
		turns += 1;
	}
	await asked;
	expect(turns).toBeGreaterThan(3);
});

it('gives a new connection nothing of what was asked on one that is given up', async () => {
	const given = await pool.connect();
	const lost = given.query('select 1 as one').catch((error) => error);
	given.release(true);
	expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
	await lost;
});

it('copies what is committed, and nothing of a transaction that is open, while it goes on answering', async () => {
	await pool.query('create table words (word text)');
	await pool.query(`insert into words values ('committed')`);
	const client = await pool.connect();
	await client.query('begin');
	await client.query(`insert into words values ('open')`);
	const folder = join(await makeDatabaseFolder(), 'copy');
	onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
	await Promise.all([server.copyTo(folder), client.query('commit')]);
	client.release();
	await expect(server.copyTo(folder)).rejects.toThrow();
	expect((await pool.query('select word from words order by word')).rows).toEqual([{ word: 'committed' }, { word: 'open' }]);

	const copy = await startServerInThread(folder);
	const other = createEmbeddedPool(copy, silentLogger);
	expect((await other.query('select word from words')).rows).toEqual([{ word: 'committed' }]);
	await other.end();
	await copy.close();
});

it('fails what waits for it, and whoever connects afterwards, once its thread has ended', async () => {
	const connection = server.connect();
	const failed = once(connection, 'error');
	// A first message of a version of the protocol that there is not.
	connection.write(Buffer.from([0, 0, 0, 8, 0, 0, 0, 0]));
	await failed;
	await expect(pool.query('select 1')).rejects.toThrow();
});
