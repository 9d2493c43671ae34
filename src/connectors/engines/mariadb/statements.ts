/** A question's statements on its connection to MariaDB or MySQL. */

import { addAbortSignal, type Readable } from 'node:stream';
import type { Connection, FieldPacket } from 'mysql2';
import type { Estimate, FetchedRows, QuestionScope } from '../engine.ts';
import { createRowBudget } from '../row-budget.ts';
import type { MariadbKind } from './begin-reading.ts';
import { isBinary, queryMariadb, rawStatement, textOfCell } from './connection.ts';

/** Where EXPLAIN has the number of the SELECT, and rows to look at: MySQL has the partitions before them. */
const idColumn = 0;
const rowsColumns: Readonly<Record<MariadbKind, number>> = { mariadb: 8, mysql: 9 };

export async function explainMariadb(connection: Connection, sql: string, kind: MariadbKind): Promise<Estimate> {
	try {
		return { cost: rowsToLookAt(await queryMariadb(connection, `explain ${sql}`), rowsColumns[kind]) };
	} catch (error) {
		if (isOfHiddenTables(error)) return { cost: null };
		throw error;
	}
}

/** Who may read a view and not what lies beneath is not told how: then `max_join_size` refuses what is too costly when it is run. */
function isOfHiddenTables(error: unknown): boolean {
	return error instanceof Error && Reflect.get(error, 'errno') === 1345; // ER_VIEW_NO_EXPLAIN
}

/** Tables of one SELECT multiply each other. */
function rowsToLookAt(plan: (string | null)[][], rowsColumn: number): number {
	const products = new Map<string | null, number>();
	for (const step of plan)
		products.set(step[idColumn] ?? null, (products.get(step[idColumn] ?? null) ?? 1) * Number(step[rowsColumn] ?? 1));
	return [...products.values()].reduce((sum, product) => sum + product, 0);
}

export async function runMariadb(
	connection: Connection,
	sql: string,
	limits: QuestionScope['limits'],
	endOnServer: () => Promise<void>,
): Promise<FetchedRows> {
	const budget = createRowBudget(limits);
	let columns: FetchedRows['columns'] = [];
	for await (const row of streamRows(connection, sql, (fields) => {
		columns = fields.map((field) => ({ name: field.name, isBinary: isBinary(field) }));
	})) {
		if (!budget.take(row.map((cell, index) => textOfCell(cell, columns[index]?.isBinary === true)))) break;
	}
	const rows = budget.rows();
	// Else the connection would go on to the end of the result.
	if (rows.cutBy !== null) await endOnServer();
	return { columns, ...rows };
}

/** When the connection breaks, or is broken already, the driver tells the connection alone, and a statement without a callback would wait for ever. */
async function* streamRows(
	connection: Connection,
	sql: string,
	onFields: (fields: FieldPacket[]) => void,
): AsyncGenerator<(Buffer | null)[], void, void> {
	const broken = new AbortController();
	const onError = (error: Error) => broken.abort(error);
	connection.on('error', onError);
	try {
		const running = connection.query(rawStatement(sql));
		running.on('fields', onFields);
		const rows = addAbortSignal(broken.signal, running.stream({ highWaterMark: 1 }) as Readable);
		for await (const row of rows) yield row as (Buffer | null)[];
	} catch (error) {
		throw broken.signal.aborted ? broken.signal.reason : error;
	} finally {
		connection.off('error', onError);
	}
}
