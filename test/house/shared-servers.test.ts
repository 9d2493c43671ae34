/** What every test may count on: the servers that the test run starts are real and its own. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';

test('PostgreSQL answers to a superuser and takes many connections', async () => {
	const client = new Client({ connectionString: inject('postgresUrl') });
	await client.connect();
	try {
		const { rows } = await client.query(
			`select current_database() as database, rolsuper, current_setting('max_connections') as connections, current_setting('listen_addresses') as addresses
			 from pg_roles where rolname = current_user`,
		);
		expect(rows).toEqual([{ database: 'postgres', rolsuper: true, connections: '200', addresses: '127.0.0.1' }]);
	} finally {
		await client.end();
	}
});

test('Redis answers on loopback and keeps nothing on disk', async () => {
	const redis = new Redis(inject('redisUrl'), { lazyConnect: true, maxRetriesPerRequest: 0 });
	await redis.connect();
	try {
		expect(await redis.config('GET', 'save')).toEqual(['save', '']);
		expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
	} finally {
		redis.disconnect();
	}
});

test('the browser is a Chromium that runs', async () => {
	const { stdout } = await promisify(execFile)(inject('chromiumPath'), ['--version']);
	expect(stdout).toMatch(/Chrom/);
});
