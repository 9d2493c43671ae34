/** One question's statements on its connection, and how they are ended. */

import type { Connection, FieldPacket } from 'mysql2';
import { systemClock } from '../../../clock.ts';
import type { BotError } from '../../../errors.ts';
import { isInTime, onAbort } from '../../../waiting.ts';
import { cancelLimitMs, type EngineSession, type FetchedRows, type QuestionScope } from '../engine.ts';
import { engineError } from '../engine-error.ts';
import { createRowBudget } from '../row-budget.ts';
import { isBinary, queryMariadb, rawStatement, textOfCell } from './connection.ts';
import { mariadbFault } from './fault.ts';

/** Where EXPLAIN has them: the number of the SELECT, and rows to look at. */
const idColumn = 0;
const rowsColumn = 8;

/** @param killOnServer ends what the server does for this connection, from another one. Never throws. */
export function createMariadbSession(
	connection: Connection,
	{ limits, signal }: QuestionScope,
	killOnServer: () => Promise<void>,
): EngineSession {
	const faultOf = (error: unknown): BotError => (signal.aborted ? engineError('cancelled', 'signal') : mariadbFault(error));

	/** When the signal fires, what runs is ended on the server, and this waits until it has ended. */
	async function cancellable<T>(work: () => Promise<T>): Promise<T> {
		if (signal.aborted) throw faultOf(null);
		const running = work().catch((error: unknown) => Promise.reject(faultOf(error)));
		let killing = Promise.resolve();
		const forget = onAbort(signal, () => {
			killing = killOnServer().then(async () => {
				const hasEnded = await isInTime(systemClock, running, cancelLimitMs).catch(() => true);
				if (!hasEnded) connection.destroy();
			});
		});
		try {
			return await running;
		} finally {
			forget();
			await killing;
		}
	}

	return {
		explain: ({ sql }) =>
			cancellable(async () => {
				try {
					return { cost: rowsToLookAt(await queryMariadb(connection, `explain ${sql}`)) };
				} catch (error) {
					if (isOfHiddenTables(error)) return { cost: null };
					throw error;
				}
			}),
		run: ({ sql }) =>
			cancellable(async () => {
				const rows = await fetchRows(connection, sql, limits);
				// Else the connection would go on to the end of the result.
				if (rows.cutBy !== null) await killOnServer();
				return rows;
			}),
		async close() {
			connection.destroy();
		},
	};
}

/** Who may read a view and not what lies beneath is not told how: then `max_join_size` refuses what is too costly when it is run. */
function isOfHiddenTables(error: unknown): boolean {
	return error instanceof Error && Reflect.get(error, 'errno') === 1345; // ER_VIEW_NO_EXPLAIN
}

/** Tables of one SELECT multiply each other. */
function rowsToLookAt(plan: (string | null)[][]): number {
	const products = new Map<string | null, number>();
	for (const step of plan)
		products.set(step[idColumn] ?? null, (products.get(step[idColumn] ?? null) ?? 1) * Number(step[rowsColumn] ?? 1));
	return [...products.values()].reduce((sum, product) => sum + product, 0);
}

async function fetchRows(connection: Connection, sql: string, limits: QuestionScope['limits']): Promise<FetchedRows> {
	const budget = createRowBudget(limits);
	let columns: FetchedRows['columns'] = [];
	const running = connection.query(rawStatement(sql));
	running.on('fields', (fields: FieldPacket[]) => {
		columns = fields.map((field) => ({ name: field.name, isBinary: isBinary(field) }));
	});
	for await (const row of running.stream({ highWaterMark: 1 }) as AsyncIterable<(Buffer | null)[]>) {
		if (!budget.take(row.map((cell, index) => textOfCell(cell, columns[index]?.isBinary === true)))) break;
	}
	return { columns, ...budget.rows() };
}
