/** Starts what tests share, once a run: two real PostgreSQL, a real MariaDB, a real Redis. Tests read the addresses with `inject` from Vitest. */

import { chmodSync, rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { findNewestPostgres } from '../../scripts/toolchain/newest-postgres.mjs';
import { findChromium, findMariadb, findPostgresPrograms, findRedisServer } from '../../scripts/toolchain/system-parts.mjs';
import { fillCompileCache } from './compile-cache.ts';
import { findDatabaseHolder } from './database-holder.ts';
import { startMariadb } from './mariadb-server.ts';
import { startPostgres } from './postgres-server.ts';
import { startRedis } from './redis-server.ts';
import { createServerFolder, folderPrefix, type RunningServer } from './server-process.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** A PostgreSQL server of this run alone, as superuser, database `postgres`. Make a database or a schema per test file. */
		postgresUrl: string;
		/** The same of the newest kind, where there is one for this kind of machine. */
		newestPostgresUrl: string | null;
		/** A MariaDB server of this run alone, as a user who may do everything. Make a database per test file. */
		mariadbUrl: string;
		/** Where embedded databases of this run lie: make a folder there with `makeDatabaseFolder`. */
		databaseFolder: string;
		/** A Redis of this run alone, shared by all test files: use keys of your own. */
		redisUrl: string;
		/** The browser for playwright-core's `executablePath`. */
		chromiumPath: string;
	}
}

/**
 * @returns what stops the servers and removes their folders.
 * @throws Error when a program is missing, or a server did not come up within its time.
 */
export default async function startSharedServers(project: TestProject): Promise<() => Promise<void>> {
	const chromiumPath = required('Chromium', findChromium());
	const postgresPrograms = required('A PostgreSQL server', findPostgresPrograms());
	const mariadbProgram = required('A MariaDB server', findMariadb());
	const redisProgram = required('redis-server', findRedisServer());
	// Each server and folder has one or two that remove it.
	process.setMaxListeners(30);
	const filling = fillCompileCache();
	const newestPrograms = findNewestPostgres();
	const databaseFolder = openDatabaseFolder();
	const [postgres, redis, mariadb, newest] = (await startAll([
		startPostgres(postgresPrograms, databaseFolder),
		startRedis(redisProgram),
		startMariadb(mariadbProgram, databaseFolder),
		...(newestPrograms === null ? [] : [startPostgres(newestPrograms, databaseFolder)]),
	])) as [RunningServer, RunningServer, RunningServer, RunningServer?];
	await filling;
	project.provide('postgresUrl', postgres.url);
	project.provide('mariadbUrl', mariadb.url);
	project.provide('newestPostgresUrl', newest?.url ?? null);
	project.provide('databaseFolder', databaseFolder);
	project.provide('redisUrl', redis.url);
	project.provide('chromiumPath', chromiumPath);
	return async () => {
		await Promise.all([postgres, redis, mariadb, newest].map((server) => server?.stop()));
		rmSync(databaseFolder, { recursive: true, force: true });
	};
}

function openDatabaseFolder(): string {
	const name = 'databases';
	const folder = createServerFolder(name, undefined, findDatabaseHolder(folderPrefix(name)));
	// The servers run under accounts of their own.
	chmodSync(folder, 0o711);
	return folder;
}

/** All or none. @throws what the first of them failed with. */
async function startAll(starting: Promise<RunningServer>[]): Promise<RunningServer[]> {
	const started = await Promise.allSettled(starting);
	if (started.some(({ status }) => status === 'rejected'))
		await Promise.all(started.map((server) => (server.status === 'fulfilled' ? server.value.stop() : undefined)));
	return await Promise.all(starting);
}

function required(name: string, path: string | null): string {
	if (path === null) throw new Error(`${name} is missing on this machine: \`npm test\` installs what the tests need.`);
	return path;
}
