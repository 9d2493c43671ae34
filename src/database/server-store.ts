/** Opens a Postgres server: migrates with the login's rights, then works as `ccb_app`. */

import { BotError } from '../errors.ts';
import type { DatabaseLogger } from './database-logger.ts';
import { type Login, migrate } from './migrate.ts';
import { createMigrationPool, createServerPool } from './pools.ts';
import { requireLowered, type Store } from './store.ts';
import { toStoreError } from './store-error.ts';

/** @throws BotError `STORE_UNAVAILABLE` when the server does not answer, `CONFIG_INVALID` when the URL, the login or its rights do not do. */
export async function openServer(url: string, logger: DatabaseLogger): Promise<Store> {
	if (!URL.canParse(url)) throw new BotError('CONFIG_INVALID', 'DATABASE_URL is not a URL');
	const login = await migrateServer(url, logger);
	// Whoever gets a statement in could undo a superuser's SET ROLE, and would be a superuser.
	const lower = login.isSuperuser ? 'set session authorization ccb_app' : 'set role ccb_app';
	const pool = createServerPool(url, (client) => client.query(lower), logger);
	try {
		await requireLowered(pool);
	} catch (error) {
		await pool.end();
		throw toStoreError(error);
	}
	return { pool, databaseName: login.databaseName, close: () => pool.end() };
}

async function migrateServer(url: string, logger: DatabaseLogger): Promise<Login> {
	const pool = createMigrationPool(url, logger);
	try {
		return await migrate(pool, false, logger);
	} catch (error) {
		const translated = toStoreError(error);
		if (translated.code !== 'FORBIDDEN') throw translated;
		const message = 'the login of DATABASE_URL may not migrate: it must own the database and have CREATEROLE, or be a superuser';
		throw new BotError('CONFIG_INVALID', message, { cause: translated });
	} finally {
		await pool.end();
	}
}
