/** Looks at the configured database without opening it for work: reads what it is, migrates nothing, writes nothing. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { BotError } from '../errors.ts';
import { onAbort } from '../waiting.ts';
import { findHolder } from './folder-lock.ts';
import { findPooler } from './pooler.ts';
import { type FolderPrivacy, findLooseHolder, inspectPrivacy } from './private-folder.ts';
import { helpNeeded, helpNeededForMadeRoles, readLoginRights } from './program-roles.ts';
import { wrongKeyOwner } from './restored.ts';
import { knownMigrations, newerMigrations, readSchema, type SchemaRefusal, schemaRefusal } from './schema-version.ts';
import { storeUnavailable, toStoreError } from './store-error.ts';
import { takeOverStatement } from './take-over.ts';
import { mostUnindexed } from './vector-indexes.ts';

export interface ServerFacts {
	/** Such as `15.4`. */
	version: string;
	major: number;
	/** Whether there is a connection pooler on the way; it keeps sessions whole. */
	isPooled: boolean;
	isSuperuser: boolean;
	/** Which migrations need. */
	ownsDatabase: boolean;
	/** What somebody with more rights has to run: before the login can start, for roles that admins make, for tables that are another login's. */
	help: { start: string | null; madeRoles: string | null; tables: string; owner: string };
	/** pgvector: in this database, installable, or not on the server. */
	pgvector: 'installed' | 'available' | 'missing';
	/** That an administrator chose instead of the one of the settings; null without a choice, and where it cannot be read. */
	chosenEmbeddingModel: string | null;
	/** There are so many vectors that they need an index, and it is not whole; false where it cannot be read. */
	lacksVectorIndex: boolean;
	/** How many migrations this version has. */
	knownMigrations: number;
	/** Migrations that have not run; null when the login may not read which have. */
	pendingMigrations: string[] | null;
	/** Migrations that this version does not know: a newer one has been there. */
	newerMigrations: string[];
	/** Whose the key is that should be nobody's login; null where it is as it should be. */
	wrongKeyOwner: string | null;
	/** Why this version may not use the database as it is. */
	refusal: SchemaRefusal | null;
}

export interface FolderFacts {
	/** Absolute. */
	folder: string;
	/** False when the database is still to be made. */
	exists: boolean;
	isWritable: boolean;
	/** The living process that uses it; a null `pid` has just begun. Not looked for where nothing can be written. */
	holder: { pid: number | null; host: string } | null;
	/** As of the folder now; a start closes what it can. Null where there is none yet. */
	privacy: FolderPrivacy | null;
	/** A folder above it in which others may rename, or null. */
	looseHolder: string | null;
}

/** For connecting, then for each of the few statements: together less than anybody waits in front of a terminal. */
const connectTimeoutMs = 4_000;
const statementTimeoutMs = 2_000;

const readFacts = `
select
	current_setting('server_version') as "version",
	current_setting('server_version_num')::int / 10000 as "major",
	login.rolsuper as "isSuperuser",
	datname as "databaseName",
	pg_has_role(login.oid, base.datdba, 'USAGE') as "ownsDatabase",
	coalesce((select case when installed_version is null then 'available' else 'installed' end
		from pg_available_extensions where name = 'vector'), 'missing') as "pgvector"
from pg_roles as login, pg_database as base
where login.rolname = session_user and base.datname = current_database()`;

/**
 * @param url `postgres://…`
 * @throws BotError `STORE_UNAVAILABLE` or `CONFIG_INVALID` with the server's or the socket's own code, or `pooler`, in `reason`; `CANCELLED`.
 */
export async function inspectServer(url: string, signal: AbortSignal): Promise<ServerFacts> {
	const clients: Client[] = [];
	const open = async () => {
		const client = createClient(url);
		clients.push(client);
		await client.connect();
		return client;
	};
	const abandon = () => Promise.all(clients.map((client) => client.end().catch(() => {})));
	const forget = onAbort(signal, () => void abandon());
	try {
		const client = await open();
		const isPooled = await findPooler(client, open);
		// From here on the server itself refuses to change anything.
		await client.query('begin transaction read only');
		const { rows } = await client.query(readFacts);
		const [{ databaseName, ...facts }] = rows;
		const rights = await readLoginRights(client);
		const { login } = rights;
		const help = {
			start: helpNeeded(rights),
			madeRoles: helpNeededForMadeRoles(rights),
			tables: takeOverStatement(login),
			owner: `alter database ${escapeIdentifier(databaseName)} owner to ${escapeIdentifier(login)}`,
		};
		const restored = { wrongKeyOwner: await wrongKeyOwner(client) };
		const migrations = await readMigrations(client);
		return { ...facts, isPooled, help, ...restored, ...migrations, ...(await readVectors(client)) };
	} catch (error) {
		throw signal.aborted ? new BotError('CANCELLED', 'the database was not waited for') : withSocketCode(error);
	} finally {
		forget();
		await abandon();
	}
}

/** @param dataFolder Where the embedded database keeps its folder `postgres`. @throws BotError `INTERNAL` when the lock cannot be read. */
export async function inspectFolder(dataFolder: string): Promise<FolderFacts> {
	const folder = resolve(dataFolder, 'postgres');
	const exists = await isThere(join(folder, 'PG_VERSION'));
	const isWritable = await isFolderWritable(folder);
	const facts = { folder, exists, isWritable, privacy: await inspectPrivacy(folder), looseHolder: await findLooseHolder(folder) };
	if (!isWritable) return { ...facts, holder: null };
	try {
		return { ...facts, holder: await findHolder(`${folder}.lock`) };
	} catch (error) {
		throw new BotError('INTERNAL', `the lock of ${folder} cannot be read`, { cause: error });
	}
}

function createClient(url: string): Client {
	const client = new Client({
		connectionString: url,
		application_name: 'openccb doctor',
		connectionTimeoutMillis: connectTimeoutMs,
		query_timeout: statementTimeoutMs,
	});
	// Reported by the call that waits for it; without a listener it would end the process.
	client.on('error', () => {});
	return client;
}

async function readMigrations(
	client: Client,
): Promise<Pick<ServerFacts, 'knownMigrations' | 'pendingMigrations' | 'newerMigrations' | 'refusal'>> {
	const known = await knownMigrations();
	try {
		const schema = await readSchema(client);
		return {
			knownMigrations: known.length,
			pendingMigrations: known.filter((name) => !schema.migrations.includes(name)),
			newerMigrations: newerMigrations(schema, known),
			refusal: schemaRefusal(schema),
		};
	} catch (error) {
		if (toStoreError(error).code !== 'FORBIDDEN') throw error;
		return { knownMigrations: known.length, pendingMigrations: null, newerMigrations: [], refusal: null };
	}
}

const findUnindexed = `
select from (select id from ccb_knowledge.vector_models where is_complete order by completed_at desc, id desc limit 1) as searched
where not ccb_knowledge.is_indexed(searched.id)
	and (select count(*) from (select from ccb_knowledge.chunk_vectors where model_id = searched.id limit ${mostUnindexed + 1}) as some) > ${mostUnindexed}`;

/** The last that is asked: where there is no such table yet, the transaction is over. */
async function readVectors(client: Client): Promise<Pick<ServerFacts, 'chosenEmbeddingModel' | 'lacksVectorIndex'>> {
	const facts = { chosenEmbeddingModel: null as string | null, lacksVectorIndex: false };
	try {
		await client.query('set local role ccb_librarian');
		const { rows } = await client.query<{ chosen: string | null }>('select chosen from ccb_knowledge.vector_use');
		facts.chosenEmbeddingModel = rows[0]?.chosen ?? null;
		const unindexed = await client.query(findUnindexed);
		facts.lacksVectorIndex = unindexed.rows.length > 0;
	} catch {
		// What is known until there.
	}
	return facts;
}

/** Several addresses that were all tried in vain come as one error without a code of its own. */
function withSocketCode(error: unknown): BotError {
	const first = error instanceof AggregateError ? error.errors[0] : error;
	if (first instanceof Error && /timeout/i.test(first.message)) return storeUnavailable('ETIMEDOUT');
	return toStoreError(first);
}

/** The folder itself, or the closest one above it that is there: what is missing is made at the first start. */
/** Whether files can be made in it, or it can be made itself. */
export async function isFolderWritable(folder: string): Promise<boolean> {
	return await isAccessible(await nearestExisting(folder), constants.W_OK | constants.X_OK);
}

async function nearestExisting(folder: string): Promise<string> {
	if (await isThere(folder)) return folder;
	return folder === dirname(folder) ? folder : await nearestExisting(dirname(folder));
}

async function isThere(path: string): Promise<boolean> {
	return await stat(path).then(
		() => true,
		() => false,
	);
}

async function isAccessible(path: string, mode: number): Promise<boolean> {
	return await access(path, mode).then(
		() => true,
		() => false,
	);
}
