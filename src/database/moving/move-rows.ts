/** Carries all rows of one database into another one that has none, in one transaction of the target: everything is there afterwards, or nothing. */

import type { ClientBase } from 'pg';
import { BotError } from '../../errors.ts';
import { joinKeeper, leaveKeeper, replaceSigningKey } from '../signature.ts';
import { commonTables, type MovedTable, readMovedTables } from './moved-tables.ts';

export interface MovedRows {
	tables: number;
	rows: number;
	/** False: the server has no pgvector, and vectors are made anew should it come to have it. */
	keepsVectors: boolean;
}

type Connection = Pick<ClientBase, 'query'>;

/** Rows that are sent at once: some hundred kilobytes of messages, a few megabytes of documents. */
const rowsAtOnce = 500;
/** Texts are read as they were written, whatever a server's settings. */
const plainForms =
	"set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex'; set local extra_float_digits = 1";

/**
 * @param source With a superuser's rights. @param target With those of the login that owns the database. Both at the same migration, and in no transaction.
 * @throws BotError `CONFLICT` when somebody's data are in the target; RangeError with what it lacks. Throws the driver's own errors.
 */
export async function moveRows(source: Connection, target: Connection, key: Buffer): Promise<MovedRows> {
	const { tables, keepsVectors } = commonTables(await readMovedTables(source), await readMovedTables(target));
	await source.query(`begin isolation level repeatable read; ${plainForms}`);
	await target.query(`begin; ${plainForms}`);
	try {
		await joinKeeper(target);
		for (const table of tables) await open(target, table);
		if (await holdsPeople(target)) throw new BotError('CONFLICT', 'the database of DATABASE_URL holds data', { reason: 'data' });
		for (const table of tables) await asOwner(target, table, [`delete from only ${table.name}`]);
		let rows = 0;
		for (const table of tables) rows += await moveTable(source, target, table);
		await moveSequences(source, target);
		await target.query('set constraints all immediate');
		for (const table of tables) await close(target, table);
		await replaceSigningKey(target, key);
		await leaveKeeper(target);
		await target.query('commit');
		return { tables: tables.length, rows, keepsVectors };
	} catch (error) {
		await target.query('rollback');
		throw error;
	} finally {
		await source.query('rollback');
	}
}

/** For the time of the transaction: the owner sees all rows, triggers add nothing, and what refers to what is asked at the end. */
async function open(target: Connection, table: MovedTable): Promise<void> {
	const { name, foreignKeys } = table;
	const later = foreignKeys.map((key) => `alter table ${name} alter constraint ${key} deferrable initially deferred`);
	await asOwner(target, table, [`alter table ${name} no force row level security`, `alter table ${name} disable trigger user`, ...later]);
}

async function close(target: Connection, table: MovedTable): Promise<void> {
	const { name, foreignKeys, isForced } = table;
	const atOnce = foreignKeys.map((key) => `alter table ${name} alter constraint ${key} not deferrable`);
	const forced = isForced ? [`alter table ${name} force row level security`] : [];
	await asOwner(target, table, [`alter table ${name} enable trigger user`, ...forced, ...atOnce]);
}

/** What the librarian and the keeper own is nobody else's, not even the login's: it becomes them, as at a start of the program. */
async function asOwner(target: Connection, { owner }: Pick<MovedTable, 'owner'>, statements: string[]): Promise<void> {
	await target.query(becomeOwner(owner));
	for (const statement of statements) await target.query(statement);
	await target.query('reset role');
}

function becomeOwner(owner: string): string {
	return owner.startsWith('ccb_') ? `set local role ${owner}` : 'reset role';
}

/** Without people, nothing was said and nothing shared. For an owner who sees all rows. */
async function holdsPeople(target: Connection): Promise<boolean> {
	const select = 'select exists (select from users) or exists (select from messages) or exists (select from documents) as "isTaken"';
	const { rows } = await target.query<{ isTaken: boolean }>(select);
	return rows[0]?.isTaken ?? false;
}

/** Whether somebody's data are in the database of the login. Changes nothing; a database without tables holds none. Throws the driver's own errors. */
export async function isTaken(target: Connection): Promise<boolean> {
	const { rows } = await target.query<{ hasTables: boolean }>(`select to_regclass('public.documents') is not null as "hasTables"`);
	if (!rows[0]?.hasTables) return false;
	await target.query('begin');
	try {
		for (const table of ['users', 'messages', 'documents']) await target.query(`alter table ${table} no force row level security`);
		return await holdsPeople(target);
	} finally {
		await target.query('rollback');
	}
}

/** By a cursor, since a table may be larger than the memory. */
async function moveTable(source: Connection, target: Connection, table: MovedTable): Promise<number> {
	const { name, owner, columns, written } = table;
	const row = columns.map((column) => `moved.${column}`).join(', ');
	await source.query(`declare moved_rows no scroll cursor for select row(${row})::text as line from only ${name} as moved`);
	await target.query(becomeOwner(owner));
	const insert = `insert into ${name} (${written.join(', ')}) overriding system value
		select ${written.map((column) => `moved.${column}`).join(', ')} from unnest($1::${name}[]) as moved`;
	let count = 0;
	for (;;) {
		const { rows } = await source.query<{ line: string }>(`fetch ${rowsAtOnce} from moved_rows`);
		if (rows.length === 0) break;
		await target.query(insert, [rows.map(({ line }) => line)]);
		count += rows.length;
	}
	await source.query('close moved_rows');
	await target.query('reset role');
	return count;
}

const readSequences = `
select format('%I.%I', schemaname, sequencename) as "name", last_value as "last", increment_by as "step" from pg_sequences
where (schemaname = 'public' or schemaname like 'ccb\\_%') and sequencename <> 'migrations_id_seq' and last_value is not null`;

/** What was numbered goes on being numbered from there. As part of their tables they are the login's, which may use none of them. */
async function moveSequences(source: Connection, target: Connection): Promise<void> {
	const { rows } = await source.query<{ name: string; last: string; step: string }>(readSequences);
	for (const { name, last, step } of rows) await target.query(`alter sequence ${name} restart with ${BigInt(last) + BigInt(step)}`);
}
