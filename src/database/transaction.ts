/** One transaction in the name of a user or of the program: the way to the tables. */

import { DriverException } from '@mikro-orm/postgresql';
import { BotError } from '../errors.ts';
import type { WaitingLineOptions } from './connections.ts';
import type { Entities } from './orm.ts';
import { isUserRole, type UserRole } from './roles.ts';
import { type Session, withSession } from './session.ts';
import { type SigningKey, sign } from './signature.ts';
import type { Store } from './store.ts';
import { toStoreError } from './store-error.ts';

/** In whose name a transaction runs. */
export interface Principal {
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
	/** Calls `then` once this transaction is committed, and never when it is not. It must not throw. */
	afterCommit(then: () => void): void;
	/** Reads and writes entities in this transaction. Made when first used. @throws as `query`, once the work has ended with it. */
	readonly em: Entities;
}

/** In whose name a transaction is to be opened: what becomes of an asker, or of the program itself. */
export interface Opening {
	role: string;
	/** Empty for who acts for nobody in particular. */
	userId: string;
	auditEntry?: number | undefined;
}

export interface TransactionOptions {
	store: Pick<Store, 'connections' | 'cleaning' | 'signingKey'>;
	opening: Opening;
	createEntities: (session: Session) => Entities;
}

/** SQLSTATE (PostgreSQL manual, "PostgreSQL Error Codes"). */
const INVALID_PARAMETER_VALUE = '22023';
/** The role stands inside a statement, so nothing but a plain name may pass; and what is no id is nobody's. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The program itself, which has its own books. */
export const asProgram: Opening = { role: 'ccb_app', userId: '' };
/** Who keeps the books of people and conversations. */
export const asRegistrar: Opening = { role: 'ccb_registrar', userId: '' };
/** Who keeps the documents. */
export const asLibrarian: Opening = { role: 'ccb_librarian', userId: '' };

/** @throws BotError `FORBIDDEN` when the role is none of ours, the id no UUID or the audit entry no number. */
export function asAsker({ role, userId }: Principal, { auditEntry }: AskingOptions = {}): Opening {
	const isEntry = auditEntry === undefined || (Number.isSafeInteger(auditEntry) && auditEntry > 0);
	if (!isUserRole(role) || !uuid.test(userId) || !isEntry) throw noSuchAsker();
	return { role, userId, auditEntry };
}

/**
 * Commits when `work` resolves, rolls back when it throws, and passes on what it threw.
 * @throws BotError `STORE_UNAVAILABLE` (retryable) when the server is away; after a failed commit nobody knows whether it was carried out.
 * @throws BotError `INTERNAL` when `work` swallowed the error of a statement: the server has then rolled everything back.
 */
export async function runTransaction<Result>(
	{ store, opening, createEntities }: TransactionOptions,
	work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
	return await withSession(store, async (session) => {
		const opened = openTransaction(session, createEntities);
		let proven: Promise<unknown> | undefined;
		try {
			const begun = await begin(session, opening.role);
			// The first statement of the work is sent right behind it; nothing is shown to that one when this one fails.
			proven = session.fetch(open, parametersOf(store.signingKey, opening, begun));
			proven.catch(() => {});
			const result = await work(opened.transaction);
			opened.end();
			await proven;
			await commit(session);
			for (const then of opened.committed) then();
			return result;
		} catch (error) {
			opened.end();
			await proven;
			await session.clean();
			throw error instanceof DriverException ? toStoreError(error) : error;
		}
	});
}

/**
 * A transaction of one statement, which is committed without waiting for it: what failed is rolled back by the server itself.
 * @throws BotError as `runTransaction`.
 */
export async function runStatement<Row extends object>(
	{ store, opening }: Pick<TransactionOptions, 'store' | 'opening'>,
	sql: string,
	parameters: readonly unknown[],
	line: WaitingLineOptions = {},
): Promise<Row[]> {
	const work = async (session: Session) => {
		const begun = await begin(session, opening.role);
		const sent = [
			session.fetch(open, parametersOf(store.signingKey, opening, begun)),
			session.fetch<Row>(sql, parameters),
			commit(session),
		] as const;
		// Behind them the connection is used by others.
		await Promise.allSettled(sent);
		const [, rows] = await Promise.all(sent);
		return rows;
	};
	return await withSession(store, work, line);
}

interface Begun {
	processId: number;
	beganAt: string;
}

/** Names of the catalogue are spelled out, and everything else is a parameter, which other sessions cannot see. */
const beginning = `select pg_catalog.pg_backend_pid() as "processId",
	extract(epoch from pg_catalog.now()) as "beganAt"`;
const open = 'call public.ccb_open($1, $2, $3)';

/** Every setting is given, lest one holds that was left on the connection. */
function parametersOf(key: SigningKey, { role, userId, auditEntry }: Opening, begun: Begun): string[] {
	return [userId, sign(key, { role, userId, ...begun }), `${auditEntry ?? ''}`];
}

/** What the server calls a wrong value here can only be a role that there is not. */
async function begin(session: Session, role: string): Promise<Begun> {
	try {
		const [begun] = await session.run<Begun>(`begin; set local role ${role}; ${beginning}`);
		if (begun === undefined) throw new BotError('INTERNAL', 'the database does not say which transaction it began');
		return begun;
	} catch (error) {
		if (error instanceof BotError && error.reason === INVALID_PARAMETER_VALUE) throw noSuchAsker();
		throw error;
	}
}

function openTransaction(session: Session, createEntities: (session: Session) => Entities) {
	let isOver = false;
	let entities: Entities | undefined;
	const committed: (() => void)[] = [];
	const openSession: Session = {
		...session,
		query: (sql, parameters) => (isOver ? Promise.reject(transactionIsOver()) : session.query(sql, parameters)),
	};
	const transaction: Transaction = {
		query: async (sql, parameters = []) => {
			if (isOver) throw transactionIsOver();
			return await session.fetch(sql, parameters);
		},
		afterCommit: (then) => void committed.push(then),
		get em() {
			entities ??= createEntities(openSession);
			return entities;
		},
	};
	const end = () => {
		isOver = true;
	};
	return { transaction, end, committed };
}

function noSuchAsker(): BotError {
	return new BotError('FORBIDDEN', 'no transaction can be made for such a user');
}

function transactionIsOver(): BotError {
	return new BotError('INTERNAL', 'a statement was sent after its transaction had ended');
}

/** After a failed statement Postgres answers a commit with a rollback, and says so only in the command tag. */
async function commit(session: Session): Promise<void> {
	const tag = await session.commit();
	if (tag !== 'COMMIT') throw new BotError('INTERNAL', 'a transaction was rolled back because one of its statements had failed');
}
