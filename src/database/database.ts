/** The store of everything that may not be lost: a Postgres server, or Postgres inside this process when none is configured. */

import { systemClock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { inTime } from '../waiting.ts';
import type { ConnectionObserver } from './connections.ts';
import type { startEmbeddedServer } from './embedded-server.ts';
import { openEmbedded } from './embedded-store.ts';
import { createEntities, createUnconnectedOrm } from './orm.ts';
import { remakeRoles } from './remake-roles.ts';
import { openServer } from './server-store.ts';
import { keyFor } from './signature.ts';
import type { Store } from './store.ts';
import { storeUnavailable, toStoreError } from './store-error.ts';
import {
	type AskingOptions,
	asAsker,
	asLibrarian,
	asProgram,
	asRegistrar,
	type Opening,
	type Principal,
	runStatement,
	runTransaction,
	type Transaction,
} from './transaction.ts';

export interface DatabaseSettings {
	/** `postgres://…`, or null for the embedded database. */
	url: string | null;
	/** Where the embedded database keeps its folder `postgres` and the lock beside it. */
	dataFolder: string;
	/** Runs the embedded Postgres in a folder; unless said otherwise, on a thread of its own. */
	startServer?: typeof startEmbeddedServer;
	/** Whether an admin can read somebody's conversations with an audit entry; without it the database shows them to nobody else. */
	audit: boolean;
	logger: Logger;
	/** Of the connections that transactions have. */
	observe?: ConnectionObserver;
}

export type DatabaseHealth = { state: 'up' } | { state: 'down'; reason: string };

/**
 * The embedded database has one connection: inside `asUser` and `asApp` call only the given transaction, never the database,
 * and wait for nothing else, above all not for a model.
 */
export interface Database {
	readonly kind: 'server' | 'embedded';
	/** Whether vectors can be kept and searched: pgvector is there. */
	readonly keepsVectors: boolean;
	/** 32 bytes that all processes on this database know, and nobody else: others for each purpose, and the same after a restart. */
	keyFor(purpose: string): Buffer;
	/**
	 * One transaction in the name of a user: row-level security decides what it sees and changes. Rolled back when `work` throws.
	 * @throws BotError `STORE_UNAVAILABLE` (retryable) within seconds when the database is away, `FORBIDDEN` for an asker that is none,
	 * among them one whose role was dropped meanwhile.
	 */
	asUser<Result>(asker: Principal, work: (transaction: Transaction) => Promise<Result>, options?: AskingOptions): Promise<Result>;
	/**
	 * One transaction as the registrar, who knows people and who takes part in which conversation, and can read nothing that was said.
	 * Only for what comes before acting in somebody's name. @throws BotError as `asUser`.
	 */
	asRegistrar<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
	/**
	 * One transaction as the librarian, who keeps documents and what is found in them, and can read nothing that was said.
	 * Only for taking documents in and out; who asks for them asks in their own name. @throws BotError as `asUser`.
	 */
	asLibrarian<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
	/** One transaction as the program itself, which has its own books and sees nothing of users. @throws BotError as `asUser`. */
	asApp<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
	/** One statement as the program itself; what it takes and gives is as in `Transaction.query`. @throws BotError as `asUser`. */
	query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** As `query`, before all others who wait for a connection: for what must not be late in a burst. @throws BotError as `asUser`. */
	queryFirst<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** One statement in the name of a user: a transaction of its own, which costs less than `asUser`. @throws BotError as `asUser`. */
	queryAs<Row extends object>(asker: Principal, sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** One statement as the registrar. @throws BotError as `asUser`. */
	queryAsRegistrar<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** One statement as the librarian. @throws BotError as `asUser`. */
	queryAsLibrarian<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/**
	 * One statement as the librarian that may be part of no transaction, such as `create index concurrently`, on a connection of its own and for as long
	 * as it takes. When the signal fires nobody waits for it any more, but the server brings it to its end. Null in an embedded database, whose one
	 * connection everybody needs. @throws BotError as `asUser`; `STORE_UNAVAILABLE` when the signal fires.
	 */
	readonly maintain: ((sql: string, signal: AbortSignal) => Promise<void>) | null;
	/**
	 * Copies the embedded database into a folder that is not there yet, as of one moment; statements wait meanwhile, some seconds for each gigabyte.
	 * Null for a server, which has tools of its own. @throws BotError `STORE_UNAVAILABLE` with what the disk says.
	 */
	readonly copyFiles: ((folder: string) => Promise<void>) | null;
	/** Asks the database for a sign of life, for a second at most. Never throws. */
	health(): Promise<DatabaseHealth>;
	/** Waits for the transactions that are open. */
	close(): Promise<void>;
}

const HEALTH_TIMEOUT_MS = 1_000;

/**
 * Opens and migrates the database. A server that goes away afterwards makes calls fail until it is back; nothing has to be restarted.
 * @throws BotError `STORE_UNAVAILABLE` when the server does not answer now; `CONFIG_INVALID` when the login lacks rights or another
 * process uses the data folder.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
	const store = settings.url === null ? await openEmbedded(settings) : await openServer({ ...settings, url: settings.url });
	const database = createDatabase(store, settings.url === null ? 'embedded' : 'server');
	await remakeRoles(database, settings.logger);
	return database;
}

function createDatabase(store: Store, kind: Database['kind']): Database {
	// At the start, when nobody waits for an answer yet.
	const orm = createUnconnectedOrm(store.databaseName);
	const run = <Result>(opening: Opening, work: (transaction: Transaction) => Promise<Result>) =>
		runTransaction({ store, opening, createEntities: (session) => createEntities(orm, session) }, work);
	const state = <Row extends object>(opening: Opening, sql: string, parameters: readonly unknown[] = []) =>
		runStatement<Row>({ store, opening }, sql, parameters);
	const query: Database['query'] = (sql, parameters) => state(asProgram, sql, parameters);
	const queryFirst: Database['queryFirst'] = (sql, parameters = []) =>
		runStatement({ store, opening: asProgram }, sql, parameters, { first: true });
	const { maintain, copyFiles } = store;
	return {
		kind,
		keepsVectors: store.keepsVectors,
		keyFor: (purpose) => keyFor(store.signingKey, purpose),
		asUser: async (asker, work, options) => await run(asAsker(asker, options), work),
		asRegistrar: (work) => run(asRegistrar, work),
		asLibrarian: (work) => run(asLibrarian, work),
		asApp: (work) => run(asProgram, work),
		query,
		queryFirst,
		queryAs: async (asker, sql, parameters) => await state(asAsker(asker), sql, parameters),
		queryAsRegistrar: (sql, parameters) => state(asRegistrar, sql, parameters),
		queryAsLibrarian: (sql, parameters) => state(asLibrarian, sql, parameters),
		maintain: maintain && ((sql, signal) => maintain(sql, signal).catch((error: unknown) => Promise.reject(toStoreError(error)))),
		copyFiles: copyFiles && ((folder) => copyFiles(folder).catch((error: unknown) => Promise.reject(notCopied(error)))),
		health: () => withinTime(queryFirst('select 1')),
		close: async () => {
			await orm.close(true);
			await store.close();
		},
	};
}

async function withinTime(signOfLife: Promise<unknown>): Promise<DatabaseHealth> {
	const late = () => storeUnavailable(`no answer within ${HEALTH_TIMEOUT_MS} ms`);
	try {
		await inTime(systemClock, signOfLife, HEALTH_TIMEOUT_MS, late);
		return { state: 'up' };
	} catch (error) {
		return { state: 'down', reason: describe(toBotError(error)) };
	}
}

function notCopied(error: unknown): BotError {
	return new BotError('STORE_UNAVAILABLE', 'the embedded database could not be copied', {
		reason: toBotError(error).message,
		cause: error,
	});
}

function describe(error: BotError): string {
	return error.reason ?? error.message;
}
