/** Whether two databases hold the same, as far as it was carried: rows of each table counted on both sides, in the name of whoever owns it. */

import type { ClientBase } from 'pg';
import { joinKeeper } from '../signature.ts';
import { commonTables, type MovedTable, readMovedTables } from './moved-tables.ts';

type Connection = Pick<ClientBase, 'query'>;

/** @returns the first table whose rows differ, with both numbers; null where none does. Throws the driver's own errors. */
export async function differenceOf(source: Connection, target: Connection): Promise<string | null> {
	const { tables } = commonTables(await readMovedTables(source), await readMovedTables(target));
	await target.query('begin');
	try {
		await joinKeeper(target);
		for (const table of tables) {
			const [from, to] = [await countRows(source, table.name), await countAsOwner(target, table)];
			if (from !== to) return `${table.name} ${from} / ${to}`;
		}
		return null;
	} finally {
		// With it goes what the owner may for the time of counting.
		await target.query('rollback');
	}
}

async function countAsOwner(target: Connection, { name, owner, isForced }: MovedTable): Promise<number> {
	await target.query(owner.startsWith('ccb_') ? `set local role ${owner}` : 'reset role');
	if (isForced) await target.query(`alter table ${name} no force row level security`);
	const count = await countRows(target, name);
	await target.query('reset role');
	return count;
}

async function countRows(connection: Connection, table: string): Promise<number> {
	const { rows } = await connection.query<{ count: number }>(`select count(*) as count from only ${table}`);
	return rows[0]?.count ?? 0;
}
