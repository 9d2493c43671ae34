/** Questions that have to be answered: printed for every database, run on PostgreSQL and SQLite over the same rows, with the same result or refused by name. */

import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { sqliteFunctions } from '#src/connectors/guard/print/sqlite-functions.ts';
import { readCases } from './cases/read-cases.ts';
import { companyBounds, companySchema } from './company.ts';

type Row = (string | number | null)[];

const cases = readCases('legitimate');
const lite = new DatabaseSync(':memory:');
let server: Client;

beforeAll(async () => {
	lite.exec(companySchema('sqlite'));
	for (const [name, run] of Object.entries(sqliteFunctions)) lite.function(name, { deterministic: true }, run);
	server = new Client({ connectionString: inject('postgresUrl') });
	await server.connect();
	// Tables of this session alone.
	await server.query(companySchema('postgresql').replaceAll('create table', 'create temporary table'));
});

afterAll(async () => {
	lite.close();
	await server.end();
});

test('there are as many as were promised, and at most one in thirty is refused for any database', async () => {
	expect(cases.length).toBeGreaterThanOrEqual(60);
	for (const dialect of ['postgresql', 'mariadb', 'mysql', 'sqlite', 'sqlserver'] as const) {
		const refused: string[] = [];
		for (const { sql } of cases) {
			const verdict = await guardStatement(sql, companyBounds(dialect));
			if (verdict.verdict === 'refused') refused.push(`${verdict.reason} ${verdict.what}: ${sql}`);
		}
		expect({ dialect, refused: refused.slice(0, cases.length / 30) }).toEqual({ dialect, refused });
	}
});

test.each(cases.map(({ sql }) => sql))('%s', async (sql) => {
	const onServer = await onPostgres(sql);
	const onLite = await onSqlite(sql);
	if (onServer === null || onLite === null) return;
	expect(onLite.length).toBe(onServer.length);
	// What a limit cuts is cut alike; else each database may sort texts as its language does.
	const isCut = / limit /i.test(sql);
	expect(isCut ? onLite : sorted(onLite)).toEqual(isCut ? onServer : sorted(onServer));
});

async function onPostgres(sql: string): Promise<Row[] | null> {
	const verdict = await guardStatement(sql, companyBounds('postgresql'));
	if (verdict.verdict === 'refused') return null;
	const { rows } = await server.query<Row>({
		text: verdict.sql,
		rowMode: 'array',
		types: { getTypeParser: () => (value: unknown) => value },
	});
	return rows.map((row) => row.map((value, index) => comparable(value, verdict.columns[index]?.type)));
}

async function onSqlite(sql: string): Promise<Row[] | null> {
	const verdict = await guardStatement(sql, companyBounds('sqlite'));
	if (verdict.verdict === 'refused') return null;
	const statement = lite.prepare(verdict.sql);
	statement.setReturnArrays(true);
	return (statement.all() as unknown as Row[]).map((row) => row.map((value, index) => comparable(value, verdict.columns[index]?.type)));
}

/** Numbers to six places: SQLite has no decimals. */
function comparable(value: string | number | null, type: string | undefined): string | number | null {
	if (value === null) return null;
	if (type === 'boolean') return value === 't' || value === 1 ? 1 : 0;
	return type === 'integer' || type === 'decimal' || type === 'float' ? Number(Number(value).toFixed(6)) : value;
}

function sorted(rows: Row[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}
