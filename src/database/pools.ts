/** The two servers behind one driver: a Postgres server reached by URL, and Postgres inside this process. */

import { type ClientBase, Pool, type PoolConfig, TypeOverrides, types } from 'pg';
import type { Logger } from '../log.ts';
import type { EmbeddedServer } from './embedded-server.ts';

/** For connecting. Nobody waits in the pool itself, see `connections.ts`. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Nobody who waits for a chat answer is served by a statement that takes longer. */
const STATEMENT_TIMEOUT_MS = 4_000;
/** When even the server's own limit is not heard of, the network is gone. */
const ANSWER_TIMEOUT_MS = 5_000;
/** A process that hangs inside a transaction must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/**
 * Migrations may be slow, but behind one that waits for a table everybody waits who reads it, and gives up after the time of a statement. So it
 * is the migration that gives up first, whole, and is tried again.
 */
const MIGRATION_LOCK_TIMEOUT_MS = 3_000;
/** Chat turns hold a connection for milliseconds. */
const SERVER_CONNECTIONS = 10;
/**
 * The first question on a new connection costs the server some 25 ms, three times as much as the next (`docs/benchmarks.md`): it reads what tables,
 * policies and functions are, and plans. So connections outlast the pause between two bursts; a bot that nobody asks gives them back.
 */
const IDLE_CONNECTION_MS = 600_000;
/** Our bigints are sequence numbers, far below 2^53. */
const rowTypes = new TypeOverrides();
rowTypes.setTypeParser(types.builtins.INT8, Number);

/** `prepare` runs on each new connection before anybody gets it. */
type Prepare = (client: ClientBase) => Promise<unknown>;

/** For migrating: the login's own rights, no limit on the length of a statement. */
export function createMigrationPool(url: string, logger: Logger): Pool {
	return createPool(
		{
			connectionString: url,
			application_name: 'openccb migrations',
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			max: 2,
			onConnect: (client) => client.query(`set lock_timeout = ${MIGRATION_LOCK_TIMEOUT_MS}`),
		},
		logger,
	);
}

/** For a session that could not be told its limits when it began: resetting it takes them away. */
export const sessionLimits = `set statement_timeout = ${STATEMENT_TIMEOUT_MS}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;

/** `prepare` sets the `sessionLimits` where `isPooled`: poolers refuse most settings that come with a connection. */
export function createServerPool(url: string, { prepare, isPooled }: { prepare: Prepare; isPooled: boolean }, logger: Logger): Pool {
	const limits = { statement_timeout: STATEMENT_TIMEOUT_MS, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS };
	return createPool(
		{
			connectionString: url,
			application_name: 'openccb',
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			query_timeout: ANSWER_TIMEOUT_MS,
			...(isPooled ? {} : limits),
			keepAlive: true,
			max: SERVER_CONNECTIONS,
			idleTimeoutMillis: IDLE_CONNECTION_MS,
			onConnect: prepare,
		},
		logger,
	);
}

/** For what takes hours, if need be: one connection, no limit of time. */
export function createMaintenancePool(url: string, prepare: Prepare, logger: Logger): Pool {
	return createPool(
		{
			connectionString: url,
			application_name: 'openccb maintenance',
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			keepAlive: true,
			max: 1,
			onConnect: prepare,
		},
		logger,
	);
}

/** Whatever the environment says of servers. */
const embeddedSession: PoolConfig = { user: 'postgres', database: 'postgres', host: 'localhost', port: 5_432, ssl: false };

/** The one connection is never closed for being idle; the server itself stays the caller's to close. */
export function createEmbeddedPool(server: Pick<EmbeddedServer, 'connect'>, logger: Logger, prepare?: Prepare): Pool {
	return createPool(
		{
			...embeddedSession,
			stream: () => server.connect(),
			max: 1,
			idleTimeoutMillis: 0,
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			...(prepare && { onConnect: prepare }),
		},
		logger,
	);
}

/** A lost connection is an event of the pool while idle and of the client while in use; without listeners it would end the process. */
function createPool(config: PoolConfig, logger: Logger): Pool {
	const pool = new Pool({ ...config, types: rowTypes, pipeline: true });
	pool.on('error', (error) => logger.warn({ reason: error.name }, 'an idle database connection was lost'));
	pool.on('connect', (client) => {
		client.on('error', (error) => logger.warn({ reason: error.name }, 'a database connection was lost'));
	});
	return pool;
}
