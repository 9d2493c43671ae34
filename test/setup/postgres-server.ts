/** A PostgreSQL cluster of the test run's own: made empty, tuned for speed over safety, thrown away. */

import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { type Account, createServerFolder, type RunningServer, runProgram, startServer } from './server-process.ts';

/** Nothing here has to survive a power cut; many test files hold pools at the same time. */
const settings = [
	'fsync=off',
	'synchronous_commit=off',
	'full_page_writes=off',
	'max_connections=200',
	// What it writes ahead may lie in memory; it would keep a gigabyte.
	'max_wal_size=256MB',
	'listen_addresses=127.0.0.1',
	'unix_socket_directories=',
	'log_min_messages=fatal',
];

/**
 * @param programs the folder of `initdb` and `postgres`.
 * @param holder where its data lie; the system's temporary folder when not given.
 * @returns the server, its url as superuser `postgres` on database `postgres`.
 * @throws Error when the cluster could not be made or did not come up.
 */
export async function startPostgres(programs: string, holder?: string): Promise<RunningServer> {
	const account = unprivilegedAccount();
	const folder = createServerFolder('postgres', account);
	// What the account runs stays where programs may be run.
	const data = join(createServerFolder('data', account, holder), 'data');
	const reachable = account === undefined ? programs : reachablePrograms(programs, folder, account);
	const initialise = ['-D', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
	runProgram(join(reachable, 'initdb'), initialise, account);
	return startServer((port) => {
		const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
		return {
			url,
			path: join(reachable, 'postgres'),
			arguments: ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])],
			stopSignal: 'SIGINT',
			folder,
			account,
			probe: () => probe(url),
		};
	});
}

/** What lies below the home of root is nobody else's to run: then the account runs a copy. */
function reachablePrograms(programs: string, folder: string, account: Account): string {
	try {
		runProgram(join(programs, 'initdb'), ['--version'], account);
		return programs;
	} catch {
		const copy = join(folder, 'programs');
		cpSync(dirname(programs), copy, { recursive: true, verbatimSymlinks: true });
		return join(copy, basename(programs));
	}
}

/** PostgreSQL refuses to run as root, and so does PgBouncer: then it runs as an account of its own, or as `nobody` where the packages made none. */
export function unprivilegedAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const name = accountExists('postgres') ? 'postgres' : 'nobody';
	return { uid: accountNumber(name, '-u'), gid: accountNumber(name, '-g') };
}

function accountExists(name: string): boolean {
	try {
		accountNumber(name, '-u');
		return true;
	} catch {
		return false; // `id` knows no such account
	}
}

function accountNumber(name: string, kind: '-u' | '-g'): number {
	return Number(execFileSync('id', [kind, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

async function probe(url: string): Promise<void> {
	const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
	// The server may close the connection while it is still starting: the awaited calls below report that.
	client.on('error', () => {});
	try {
		await client.connect();
		await client.query('select 1');
	} finally {
		await client.end();
	}
}
