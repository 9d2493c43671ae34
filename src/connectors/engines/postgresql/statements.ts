/** A question's statements on its connection to PostgreSQL. */

import type { Client } from 'pg';
import Cursor from 'pg-cursor';
import type { Estimate, FetchedRows, QuestionScope } from '../engine.ts';
import { createRowBudget } from '../row-budget.ts';
import { queryPostgresql, rawTypes } from './connection.ts';
import { booleanNumber, bytesNumber } from './types.ts';

export async function explainPostgresql(client: Client, sql: string): Promise<Estimate> {
	const [row] = await queryPostgresql<[plans: string]>(client, `explain (format json) ${sql}`);
	const [plan] = JSON.parse(row?.[0] ?? '[]') as { Plan: { 'Total Cost': number } }[];
	return { cost: plan?.Plan['Total Cost'] ?? null };
}

export async function runPostgresql(client: Client, sql: string, limits: QuestionScope['limits']): Promise<FetchedRows> {
	const cursor = client.query(new Cursor<(string | null)[]>(sql, [], { rowMode: 'array', types: rawTypes }));
	const budget = createRowBudget(limits);
	for (;;) {
		const step = budget.nextStep();
		const { rows, fields } = await read(cursor, step);
		const areAllTaken = rows.every((row) => budget.take(row.map((cell, index) => shown(cell, fields[index]?.dataTypeID))));
		if (areAllTaken && rows.length === step) continue;
		await cursor.close();
		return { columns: fields.map(({ name, dataTypeID }) => ({ name, isBinary: dataTypeID === bytesNumber })), ...budget.rows() };
	}
}

/** Only the callback is told of the columns. */
function read(cursor: Cursor<(string | null)[]>, count: number) {
	return new Promise<{ rows: (string | null)[][]; fields: { name: string; dataTypeID: number }[] }>((resolve, reject) => {
		cursor.read(count, (error, rows, result) => (error ? reject(error) : resolve({ rows, fields: result.fields })));
	});
}

function shown(cell: string | null, type: number | undefined): string | null {
	if (type !== booleanNumber || cell === null) return cell;
	return cell === 't' ? 'true' : 'false';
}
