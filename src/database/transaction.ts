/** One transaction in the name of a user or of the program: the way to the tables. */

import { DriverException, type EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { BotError } from '../errors.ts';
import { type ProofKey, prove } from './proof.ts';
import { isUserRole, type UserRole } from './roles.ts';
import { type Session, withSession } from './session.ts';
import { toStoreError } from './store-error.ts';

/** In whose name a transaction runs. */
export interface Asker {
	/** `users.id`. */
	userId: string;
	role: UserRole;
	/** `identities.id` of the account that they act with, where there is one. */
	identityId?: string;
}

export interface AskingOptions {
	/**
	 * The number of an entry of the audit log, written by the same admin in a transaction before: for ten minutes after it this one shows
	 * the conversations of the person whom the entry is about. Nothing more where the audit is switched off.
	 */
	auditEntry?: number;
}

/** The id of no user: for what is done for nobody in particular. */
export const nobodyId = '00000000-0000-0000-0000-000000000000';

export interface Transaction {
	/**
	 * Rows of one statement with `$1` parameters. `bigint` columns come as numbers, timestamps as `Date`, `jsonb` parsed.
	 * Give an array for a `jsonb` parameter as `JSON.stringify(array)`: the driver would send a Postgres array.
	 * @throws BotError `STORE_UNAVAILABLE` (retryable), `CONFLICT` (`reason` names the constraint), `FORBIDDEN`, `INTERNAL`.
	 */
	query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** For work with entities, made when first used. It is inside the transaction already: call `flush`, not `transactional`. */
	readonly em: EntityManager;
}

export interface TransactionOptions {
	pool: Pool;
	/** Statements that open the transaction, sent in one round trip. */
	begin: string;
	createEntityManager: (session: Session) => EntityManager;
}

/** SQLSTATE (PostgreSQL manual, "PostgreSQL Error Codes"). */
const INVALID_PARAMETER_VALUE = '22023';
/** The role and the id stand inside a statement, so nothing but a plain name and a UUID may pass. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Statements that open a transaction for `asker`.
 * @throws BotError `FORBIDDEN` when the role is none of ours, the id no UUID or the audit entry no number.
 */
export function beginAs(key: ProofKey, asker: Asker, { auditEntry }: AskingOptions = {}): string {
	const { role, userId } = asker;
	const isEntry = auditEntry === undefined || (Number.isSafeInteger(auditEntry) && auditEntry > 0);
	if (!isUserRole(role) || !uuid.test(userId) || !isEntry) throw noSuchAsker();
	return begin(key, role, userId, auditEntry);
}

/** Statements that open a transaction for who keeps the books of people and conversations. */
export function beginAsRegistrar(key: ProofKey): string {
	return begin(key, 'ccb_registrar', '');
}

/**
 * Commits when `work` resolves, rolls back when it throws, and passes on what it threw.
 * @throws BotError `STORE_UNAVAILABLE` (retryable) when the server is away; after a failed commit nobody knows whether it was carried out.
 * @throws BotError `INTERNAL` when `work` swallowed the error of a statement: the server has then rolled everything back.
 */
export async function runTransaction<Result>(
	options: TransactionOptions,
	work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
	return await withSession(options.pool, async (session) => {
		const opened = openTransaction(session, options.createEntityManager);
		try {
			await open(session, options.begin);
			const result = await work(opened.transaction);
			opened.end();
			await commit(session);
			return result;
		} catch (error) {
			opened.end();
			if (!session.isBroken()) await session.execute('rollback');
			throw error instanceof DriverException ? toStoreError(error) : error;
		}
	});
}

/** Every setting is given, lest one holds that was left on the connection. */
function begin(key: ProofKey, role: string, userId: string, auditEntry?: number): string {
	return `begin; set local ccb.user_id = '${userId}'; set local ccb.proof = '${prove(key, role, userId)}';
		set local ccb.audit_entry = '${auditEntry ?? ''}'; set local role ${role}`;
}

function openTransaction(session: Session, createEntityManager: (session: Session) => EntityManager) {
	let isOver = false;
	let entityManager: EntityManager | undefined;
	const openSession: Session = {
		...session,
		query: (sql, parameters) => (isOver ? Promise.reject(transactionIsOver()) : session.query(sql, parameters)),
	};
	const transaction: Transaction = {
		query: async (sql, parameters = []) => {
			if (isOver) throw transactionIsOver();
			return await session.fetch(sql, parameters);
		},
		get em() {
			entityManager ??= createEntityManager(openSession);
			return entityManager;
		},
	};
	const end = () => {
		isOver = true;
	};
	return { transaction, end };
}

/** What the server calls a wrong value here can only be a role that there is not. */
async function open(session: Session, statements: string): Promise<void> {
	try {
		await session.execute(statements);
	} catch (error) {
		if (error instanceof BotError && error.reason === INVALID_PARAMETER_VALUE) throw noSuchAsker();
		throw error;
	}
}

function noSuchAsker(): BotError {
	return new BotError('FORBIDDEN', 'no transaction can be made for such a user');
}

function transactionIsOver(): BotError {
	return new BotError('INTERNAL', 'a statement was sent after its transaction had ended');
}

/** After a failed statement Postgres answers a commit with a rollback, and says so only in the command tag. */
async function commit(session: Session): Promise<void> {
	const tag = await session.execute('commit');
	if (tag !== 'COMMIT') throw new BotError('INTERNAL', 'a transaction was rolled back because one of its statements had failed');
}
