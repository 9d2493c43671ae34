/** One question's statements on its connection, and how they are ended. */

import type { Client } from 'pg';
import Cursor from 'pg-cursor';
import { systemClock } from '../../../clock.ts';
import type { BotError } from '../../../errors.ts';
import { isInTime, onAbort } from '../../../waiting.ts';
import { cancelLimitMs, type EngineSession, type FetchedRows, type QuestionScope } from '../engine.ts';
import { engineError } from '../engine-error.ts';
import { createRowBudget } from '../row-budget.ts';
import { dropClient, queryPostgresql, rawTypes } from './connection.ts';
import { postgresqlFault } from './fault.ts';
import { booleanNumber, bytesNumber } from './types.ts';

/** @param cancelOnServer ends what the server does for this connection, from another one. Never throws. */
export function createPostgresqlSession(
	client: Client,
	{ limits, signal }: QuestionScope,
	cancelOnServer: () => Promise<void>,
): EngineSession {
	const faultOf = (error: unknown): BotError => (signal.aborted ? engineError('cancelled', 'signal') : postgresqlFault(error));

	/** When the signal fires, what runs is ended on the server, and this waits until it has ended. */
	async function cancellable<T>(work: () => Promise<T>): Promise<T> {
		if (signal.aborted) throw faultOf(null);
		const running = work().catch((error: unknown) => Promise.reject(faultOf(error)));
		let cancelling = Promise.resolve();
		const forget = onAbort(signal, () => {
			cancelling = cancelOnServer().then(async () => {
				const hasEnded = await isInTime(systemClock, running, cancelLimitMs).catch(() => true);
				if (!hasEnded) dropClient(client);
			});
		});
		try {
			return await running;
		} finally {
			forget();
			await cancelling;
		}
	}

	return {
		explain: ({ sql }) =>
			cancellable(async () => {
				const [row] = await queryPostgresql<[plans: string]>(client, `explain (format json) ${sql}`);
				const [plan] = JSON.parse(row?.[0] ?? '[]') as { Plan: { 'Total Cost': number } }[];
				return { cost: plan?.Plan['Total Cost'] ?? null };
			}),
		run: ({ sql }) => cancellable(() => fetchRows(client, sql, limits)),
		async close() {
			// The transaction goes with the connection.
			await client.end().catch(() => {});
		},
	};
}

async function fetchRows(client: Client, sql: string, limits: QuestionScope['limits']): Promise<FetchedRows> {
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
