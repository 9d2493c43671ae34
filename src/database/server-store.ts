/** Opens a Postgres server: migrates with the login's rights, then works as `ccb_app`. */

import type { Pool, PoolClient } from 'pg';
import { systemClock as clock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { growingPauseMs, onAbort, pause, startTimeLimit } from '../waiting.ts';
import { type ConnectionObserver, createConnections } from './connections.ts';
import { type Migrated, type MigrationOptions, migrate } from './migrate.ts';
import { findPooler } from './pooler.ts';
import { createMaintenancePool, createMigrationPool, createServerPool, sessionLimits } from './pools.ts';
import { mendProgramRoles } from './program-roles.ts';
import { dropPrivileges, leftovers, requireDroppedPrivileges, type Store } from './store.ts';
import { toStoreError } from './store-error.ts';

interface ServerOptions {
	url: string;
	observe?: ConnectionObserver;
}

/** @throws BotError `STORE_UNAVAILABLE` when the server does not answer, `CONFIG_INVALID` when the URL, the login or its rights do not do. */
export async function openServer({ url, observe, ...options }: MigrationOptions & ServerOptions): Promise<Store> {
	if (!URL.canParse(url)) throw new BotError('CONFIG_INVALID', 'DATABASE_URL is not a URL');
	const { logger } = options;
	const { isPooled, ...login } = await migrateServer(url, options);
	if (login.isSuperuser)
		logger.warn({}, 'the login of DATABASE_URL is a superuser: give it a login of its own that only owns the database');
	const lowered = isPooled ? `${sessionLimits}; ${dropPrivileges(login)}` : dropPrivileges(login);
	const pool = createServerPool(url, { prepare: (client) => client.query(lowered), isPooled }, logger);
	try {
		await requireDroppedPrivileges(pool);
	} catch (error) {
		await pool.end();
		throw toStoreError(error);
	}
	return {
		connections: createConnections(pool, { observe }),
		cleaning: `${leftovers}; ${lowered}`,
		databaseName: login.databaseName,
		signingKey: login.signingKey,
		keepsVectors: login.keepsVectors,
		async maintain(sql, signal) {
			const prepare = `set statement_timeout = 0; set lock_timeout = 0; ${dropPrivileges(login)}; set role ccb_librarian`;
			const alone = createMaintenancePool(url, (client) => client.query(prepare), logger);
			try {
				const client = await alone.connect();
				const forget = onAbort(signal, () => client.release(true));
				try {
					await client.query(sql);
				} finally {
					forget();
					if (!signal.aborted) client.release(true);
				}
			} finally {
				await alone.end();
			}
		},
		copyFiles: null,
		close: () => pool.end(),
	};
}

export interface Retries {
	/** How long to try again; the first try is made always. */
	withinMs: number;
	/** Asked after each try that failed. */
	isWorthwhile(error: BotError): boolean;
}

/** Others hold a table for the time of a statement, mostly; and whoever makes roles of the same server for that of a migration. */
const whileLocked: Retries = { withinMs: 60_000, isWorthwhile: ({ reason }) => reason === 'SQLSTATE 55P03' };
const pauses = { firstMs: 250, mostMs: 2_000 };

/**
 * Migrates alone, and leaves no connection open.
 * @throws BotError as `openServer`; `STORE_UNAVAILABLE` also when others hold what it needs for too long: then no migration has been run.
 */
export async function migrateServer(
	url: string,
	options: MigrationOptions,
	retries = whileLocked,
): Promise<Migrated & { isPooled: boolean }> {
	const limit = startTimeLimit(clock, retries.withinMs);
	try {
		for (let tries = 1; ; tries++) {
			try {
				return await migrateOnce(url, options);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (!retries.isWorthwhile(error) || limit.signal.aborted) throw error;
				await pause(clock, growingPauseMs(tries, pauses), limit.signal);
			}
		}
	} finally {
		limit.end();
	}
}

/**
 * Makes the program's roles and memberships alone, before a backup is restored whose tables belong to them.
 * @throws BotError as `openServer`.
 */
export async function makeServerRoles(url: string, logger: Logger): Promise<void> {
	const pool = createMigrationPool(url, logger);
	try {
		await mendProgramRoles(pool);
	} catch (error) {
		throw explain(toStoreError(error));
	} finally {
		await pool.end();
	}
}

async function migrateOnce(url: string, options: MigrationOptions): Promise<Migrated & { isPooled: boolean }> {
	const pool = createMigrationPool(url, options.logger);
	try {
		const isPooled = await isBehindPooler(pool);
		return { ...(await migrate(pool, { ...options, alone: false })), isPooled };
	} catch (error) {
		throw explain(toStoreError(error));
	} finally {
		await pool.end();
	}
}

/** Throws what `findPooler` says and the driver's own errors. */
async function isBehindPooler(pool: Pool): Promise<boolean> {
	const clients: PoolClient[] = [];
	const open = async () => {
		const client = await pool.connect();
		clients.push(client);
		return client;
	};
	try {
		return await findPooler(await open(), open);
	} finally {
		for (const client of clients) client.release();
	}
}

/** Refusals that the operator can do something about. `0P000` is the roles migration's own word for a role with too many rights. */
function explain(error: BotError): BotError {
	if (error.reason === '0P000') {
		return new BotError('CONFIG_INVALID', 'a database role named ccb_… exists already and has more rights than it may have', {
			cause: error,
		});
	}
	if (error.code !== 'FORBIDDEN') return error;
	const message =
		'the login of DATABASE_URL may not migrate: it must own the database and the tables in it; `npm run doctor` says what helps';
	return new BotError('CONFIG_INVALID', message, { cause: error });
}
