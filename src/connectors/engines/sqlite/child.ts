/** The process that holds one SQLite file for one question: SQLite can be interrupted in no other way than by ending it. */

import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { sqliteFunctions } from '../../guard/print/sqlite-functions.ts';
import type { FetchedRows } from '../engine.ts';
import type { EngineFault } from '../engine-error.ts';
import { createRowBudget } from '../row-budget.ts';
import { authorizeReading } from './authorizer.ts';
import { readSqliteSchema } from './live-schema.ts';
import { sqliteText } from './values.ts';
import type { SqliteReply, SqliteRequest } from './wire.ts';

/** For sorting and grouping, which happen in memory. */
const mostHeapBytes = 256 * 2 ** 20;
/** Of one value, and of a statement; SQLite's own are a gigabyte. */
const limits = { length: 16 * 2 ** 20, sqlLength: 200_000, attach: 0 };

/** SQLite's result codes ("Result and Error Codes"), the lowest byte. */
const faults: Readonly<Record<number, EngineFault>> = { 5: 'lock', 6: 'lock', 10: 'away', 14: 'away', 23: 'forbidden', 26: 'login' };

let database: DatabaseSync | null = null;

process.on('message', (request: SqliteRequest) => process.send?.(answer(request)));
// Whoever started it is gone.
process.on('disconnect', () => process.exit());

function answer(request: SqliteRequest): SqliteReply {
	try {
		if (request.kind === 'open') return open(request);
		if (database === null) return { kind: 'fault', fault: 'away', reason: 'not open' };
		if (request.kind === 'schema') return { kind: 'schema', views: readSqliteSchema(database) };
		if (request.kind === 'run') return { kind: 'rows', rows: run(database, request) };
		database.prepare(request.sql);
		return { kind: 'ready' };
	} catch (error) {
		return faultOf(error);
	}
}

function open({ file, lockMs, views }: Extract<SqliteRequest, { kind: 'open' }>): SqliteReply {
	database = new DatabaseSync(file, { readOnly: true, timeout: lockMs, limits });
	database.enableDefensive(true);
	for (const [name, call] of Object.entries(sqliteFunctions)) {
		database.function(name, { deterministic: true, useBigIntArguments: true }, call);
	}
	database.exec(`pragma query_only = on; pragma temp_store = memory; pragma hard_heap_limit = ${mostHeapBytes}; begin`);
	// The transaction sees one state from here on, and a file that is no database is noticed.
	database.prepare('select count(*) from sqlite_schema').get();
	if (Object.keys(views).length > 0) authorizeReading(database, views);
	return { kind: 'ready' };
}

function run(opened: DatabaseSync, { sql, limits: most }: Extract<SqliteRequest, { kind: 'run' }>): FetchedRows {
	const statement = opened.prepare(sql);
	statement.setReadBigInts(true);
	statement.setReturnArrays(true);
	const names = statement.columns().map(({ name }) => name);
	const binary = new Set<number>();
	const budget = createRowBudget(most);
	for (const row of statement.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
		for (const [index, value] of row.entries()) if (value instanceof Uint8Array) binary.add(index);
		if (!budget.take(row.map(sqliteText))) break;
	}
	return { columns: names.map((name, index) => ({ name, isBinary: binary.has(index) })), ...budget.rows() };
}

function faultOf(error: unknown): SqliteReply {
	const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined;
	if (typeof code !== 'number') return { kind: 'fault', fault: 'refused', reason: error instanceof Error ? error.name : 'unknown' };
	// SQLite has no code of its own for names that it does not know.
	const isMissing = error instanceof Error && /^no such (table|column)/.test(error.message);
	return { kind: 'fault', fault: isMissing ? 'missing' : (faults[code & 0xff] ?? 'refused'), reason: `SQLITE ${code}` };
}
