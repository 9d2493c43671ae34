/** Opens a Postgres server: migrates with the login's rights, then works as `ccb_app`. */

import { BotError } from '../errors.ts';
import { type Migrated, type MigrationOptions, migrate } from './migrate.ts';
import { createMigrationPool, createServerPool } from './pools.ts';
import { cleaning, lowering, requireLowered, type Store } from './store.ts';
import { toStoreError } from './store-error.ts';

/** @throws BotError `STORE_UNAVAILABLE` when the server does not answer, `CONFIG_INVALID` when the URL, the login or its rights do not do. */
export async function openServer({ url, ...options }: MigrationOptions & { url: string }): Promise<Store> {
	if (!URL.canParse(url)) throw new BotError('CONFIG_INVALID', 'DATABASE_URL is not a URL');
	const { logger } = options;
	const login = await migrateServer(url, options);
	if (login.isSuperuser)
		logger.warn({}, 'the login of DATABASE_URL is a superuser: give it a login of its own that only owns the database');
	const pool = createServerPool(url, (client) => client.query(lowering(login)), logger);
	try {
		await requireLowered(pool);
	} catch (error) {
		await pool.end();
		throw toStoreError(error);
	}
	return { pool, cleaning: cleaning(login), databaseName: login.databaseName, proofKey: login.proofKey, close: () => pool.end() };
}

async function migrateServer(url: string, options: MigrationOptions): Promise<Migrated> {
	const pool = createMigrationPool(url, options.logger);
	try {
		return await migrate(pool, { ...options, alone: false });
	} catch (error) {
		throw explain(toStoreError(error));
	} finally {
		await pool.end();
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
