/** Brings a database to the present schema with the rights of the login. */

import type { Pool } from 'pg';
import type { Logger } from '../log.ts';
import { switchAudit } from './audit-policies.ts';
import { createOrm } from './orm.ts';
import { mendProgramRoles } from './program-roles.ts';
import { forbidTemporaryTables, requireKeptOwners } from './restored.ts';
import { knownMigrations, newerMigrations, readSchema, requireFitting } from './schema-version.ts';
import { makeSearchFunctions } from './search-functions.ts';
import { readSigningKey, type SigningKey } from './signature.ts';
import { requireOwnTables } from './take-over.ts';
import { prepareVectors } from './vectors.ts';

/** What the login is, as far as lowering its rights depends on it. */
export interface Login {
	isSuperuser: boolean;
	databaseName: string;
}

export interface Migrated extends Login {
	/** The migrations that have just run. */
	applied: readonly string[];
	signingKey: SigningKey;
	/** Whether pgvector is there. */
	keepsVectors: boolean;
}

export interface MigrationOptions {
	/** As in `DatabaseSettings`. */
	audit: boolean;
	logger: Logger;
}

/** Two processes must not wait for each other for ever. */
const TURN_TIMEOUT_MS = 60_000;
/** Any number that no other program on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 6_042_011_977;

/**
 * Mends the roles, runs the migrations that are missing, all or none, and switches the audit. Throws the driver's own errors, and what
 * `requireKeptOwners`, `requireOwnTables`, `requireFitting` and `mendProgramRoles` say.
 * With `alone` false, processes that start at once wait for each other; it takes a second connection.
 */
export async function migrate(pool: Pool, options: MigrationOptions & { alone: boolean }): Promise<Migrated> {
	const login = await describeLogin(pool);
	if (options.alone) {
		return await runMigrations(pool, login, options);
	}
	const client = await pool.connect();
	try {
		await client.query(`set lock_timeout = ${TURN_TIMEOUT_MS}`);
		await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
		return await runMigrations(pool, login, options);
	} finally {
		// Closing the connection ends the lock.
		client.release(true);
	}
}

async function describeLogin(pool: Pool): Promise<Login> {
	const { rows } = await pool.query<Login>(
		'select rolsuper as "isSuperuser", current_database() as "databaseName" from pg_roles where rolname = session_user',
	);
	return rows[0] ?? { isSuperuser: false, databaseName: '' };
}

async function runMigrations(pool: Pool, login: Login, { audit, logger }: MigrationOptions): Promise<Migrated> {
	await requireKeptOwners(pool);
	await requireOwnTables(pool);
	const before = await readSchema(pool);
	requireFitting(before);
	await mendProgramRoles(pool);
	await forbidTemporaryTables(pool, logger);
	const known = await knownMigrations();
	const applied = known.every((name) => before.migrations.includes(name)) ? [] : await applyMissing(pool, login);
	if (applied.length > 0) logger.info({ migrations: applied }, 'database migrated');
	if (await switchAudit(pool, audit)) logger.info({ audit }, 'reading under audit switched');
	const vectorSchema = await prepareVectors(pool, logger);
	// Where a newer version has been, its functions are the better ones.
	const newer = newerMigrations(before, known);
	if (newer.length === 0) await makeSearchFunctions(pool, vectorSchema);
	else logger.info({ migrations: newer }, 'the database has been migrated by a newer version, and may be used by this one');
	return { ...login, applied, signingKey: await readSigningKey(pool), keepsVectors: vectorSchema !== null };
}

/** @returns the names of what has run. The ORM takes a tenth of a second to be made, so it is made for this alone. */
async function applyMissing(pool: Pool, { databaseName }: Login): Promise<string[]> {
	const orm = createOrm(pool, databaseName);
	try {
		return (await orm.migrator.up()).map(({ name }) => name);
	} finally {
		await orm.close(true);
	}
}
