/** Starts what tests share, once a run: a real PostgreSQL, a real Redis. Tests read the addresses with `inject` from Vitest. */

import type { TestProject } from 'vitest/node';
import { findChromium, findPostgresPrograms, findRedisServer } from '../../scripts/toolchain/system-parts.mjs';
import { fillCompileCache } from './compile-cache.ts';
import { startPostgres } from './postgres-server.ts';
import { startRedis } from './redis-server.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** A PostgreSQL server of this run alone, as superuser, database `postgres`. Make a database or a schema per test file. */
		postgresUrl: string;
		/** A Redis of this run alone, shared by all test files: use keys of your own. */
		redisUrl: string;
		/** The browser for playwright-core's `executablePath`. */
		chromiumPath: string;
	}
}

/**
 * @returns what stops both servers and removes their folders.
 * @throws Error when a program is missing, or a server did not come up within its time.
 */
export default async function startSharedServers(project: TestProject): Promise<() => Promise<void>> {
	const chromiumPath = required('Chromium', findChromium());
	const postgresPrograms = required('A PostgreSQL server', findPostgresPrograms());
	const redisProgram = required('redis-server', findRedisServer());
	const filling = fillCompileCache();
	const started = await Promise.allSettled([startPostgres(postgresPrograms), startRedis(redisProgram)]);
	await filling;
	const [postgres, redis] = started;
	if (postgres.status === 'rejected' || redis.status === 'rejected') {
		await Promise.all(started.map((server) => (server.status === 'fulfilled' ? server.value.stop() : undefined)));
		throw postgres.status === 'rejected' ? postgres.reason : (redis as PromiseRejectedResult).reason;
	}
	project.provide('postgresUrl', postgres.value.url);
	project.provide('redisUrl', redis.value.url);
	project.provide('chromiumPath', chromiumPath);
	return async () => {
		await Promise.all([postgres.value.stop(), redis.value.stop()]);
	};
}

function required(name: string, path: string | null): string {
	if (path === null) throw new Error(`${name} is missing on this machine: \`npm test\` installs what the tests need.`);
	return path;
}
