/** The transaction that a question runs in: read-only, under its limits. What a login may not do, its missing rights alone forbid in MariaDB and MySQL. */

import type { Connection } from 'mysql2';
import type { QuestionScope } from '../engine.ts';
import { queryMariadb } from './connection.ts';

export type MariadbKind = 'mariadb' | 'mysql';

/**
 * Not ONLY_FULL_GROUP_BY: MariaDB does not take two equal expressions with a collation for the same, and refuses them (1055). What stands beside sums is
 * grouped by, or the guard has refused it.
 */
const sqlMode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES,ERROR_FOR_DIVISION_BY_ZERO';
/** For `/` and AVG, which otherwise keep four digits more than they are given. */
const divisionDigits = 10;
/** MariaDB reckons in seconds and may end an idle transaction too; MySQL in milliseconds, and ends the connection alone (MySQL 8.4, "Server System Variables"). */
const timeLimits: Readonly<Record<MariadbKind, (statementMs: number) => Record<string, number>>> = {
	mariadb: (statementMs) => ({
		max_statement_time: statementMs / 1_000,
		idle_transaction_timeout: Math.max(1, Math.ceil(statementMs / 1_000)),
	}),
	mysql: (statementMs) => ({ max_execution_time: statementMs }),
};
const leastLockSeconds: Readonly<Record<MariadbKind, number>> = { mariadb: 0, mysql: 1 };
/** What string_agg puts together, which otherwise ends after a megabyte. */
const mostJoinedBytes = 2 ** 24;

/** @returns the number of the connection, for whoever ends what it does. */
export async function beginMariadbReading(
	connection: Connection,
	{ limits }: QuestionScope,
	{ kind, timeZone }: { kind: MariadbKind; timeZone: string },
): Promise<number> {
	const seconds = Math.max(1, Math.ceil(limits.statementMs / 1_000));
	const wanted: Record<string, string | number> = {
		sql_mode: sqlMode,
		time_zone: timeZone === 'UTC' ? '+00:00' : timeZone,
		...timeLimits[kind](limits.statementMs),
		lock_wait_timeout: Math.max(leastLockSeconds[kind], Math.ceil(limits.lockMs / 1_000)),
		innodb_lock_wait_timeout: Math.max(1, Math.ceil(limits.lockMs / 1_000)),
		wait_timeout: seconds,
		sql_big_selects: 0,
		max_join_size: limits.cost,
		div_precision_increment: divisionDigits,
		group_concat_max_len: mostJoinedBytes,
	};
	const assignments = Object.keys(wanted).map((name) => `${name} = ?`);
	await queryMariadb(connection, `set session ${assignments.join(', ')}`, Object.values(wanted));
	await queryMariadb(connection, 'set session transaction read only');
	await queryMariadb(connection, 'start transaction with consistent snapshot, read only');
	const [row] = await queryMariadb(connection, 'select connection_id()');
	return Number(row?.[0]);
}
