/** Printed statements to the sample company within this process: the engine's own starts a process for each, which a test of replies need not wait for. */

import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Connectors } from '#src/connectors/connectors.ts';
import { createRowBudget } from '#src/connectors/engines/row-budget.ts';
import { sqliteText } from '#src/connectors/engines/sqlite/values.ts';
import { sqliteFunctions } from '#src/connectors/guard/print/sqlite-functions.ts';

export function askInProcess(file: string, now: () => number): Connectors['ask'] {
	const database = new DatabaseSync(file, { readOnly: true });
	for (const [name, call] of Object.entries(sqliteFunctions)) {
		database.function(name, { deterministic: true, useBigIntArguments: true }, call);
	}
	return async ({ catalogue }, { sql }) => {
		const statement = database.prepare(sql);
		statement.setReadBigInts(true);
		statement.setReturnArrays(true);
		const columns = statement.columns().map(({ name }) => ({ name, isBinary: false }));
		const budget = createRowBudget(catalogue.limits);
		for (const row of statement.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
			if (!budget.take(row.map(sqliteText))) break;
		}
		const measured = { at: new Date(now()), login: null, cost: null, bytes: 0, waitedMs: 0, ranMs: 0, resultHash: '' };
		return { columns, ...budget.rows(), ...measured };
	};
}
