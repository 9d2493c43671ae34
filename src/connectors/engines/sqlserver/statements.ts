/** A question's statements on its connection to SQL Server. */

import type { PrintedQuery } from '../../guard/guard.ts';
import type { Estimate, FetchedRows, QuestionScope } from '../engine.ts';
import { createRowBudget } from '../row-budget.ts';
import type { SqlServerConnection } from './connection.ts';
import { numbersIn } from './fault.ts';
import { isBinaryType } from './values.ts';

/** "SHOWPLAN permission denied in database". */
const noShowplan = 262;

/** Whoever was not granted SHOWPLAN is told no estimate: then the governor refuses what is too costly when it is run. */
export async function explainSqlServer(connection: SqlServerConnection, sql: string): Promise<Estimate> {
	try {
		await connection.query('set showplan_xml on');
		try {
			const plans = await connection.query(sql);
			return { cost: costIn(plans.flat().join('')) };
		} finally {
			await connection.query('set showplan_xml off');
		}
	} catch (error) {
		if (numbersIn(error).includes(noShowplan)) return { cost: null };
		throw error;
	}
}

/** Of all statements of the plan. */
function costIn(plan: string): number | null {
	const costs = [...plan.matchAll(/ StatementSubTreeCost="([^"]+)"/g)].map(([, cost]) => Number(cost));
	return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}

export async function runSqlServer(
	connection: SqlServerConnection,
	{ sql, columns: printed }: PrintedQuery,
	limits: QuestionScope['limits'],
): Promise<FetchedRows> {
	const budget = createRowBudget(limits);
	let columns: FetchedRows['columns'] = [];
	await connection.stream(sql, {
		columns: (sent) => {
			columns = sent.map((column) => ({ name: column.colName, isBinary: isBinaryType(column) }));
		},
		row: (cells) => budget.take(cells.map((cell, index) => (printed[index]?.type === 'decimal' ? withoutZeros(cell) : cell))),
	});
	return { columns, ...budget.rows() };
}

/** What is reckoned has ten places and more, whatever it is reckoned of. Two are left, as amounts of money have. */
function withoutZeros(decimal: string | null): string | null {
	return decimal?.replace(/(\.\d{2}\d*?)0+$/, '$1') ?? null;
}
