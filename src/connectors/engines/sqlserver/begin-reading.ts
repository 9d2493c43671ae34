/** The transaction that a question runs in, under its limits. SQL Server has none that only reads: what a login may not do, its missing rights alone forbid. */

import type { QuestionScope } from '../engine.ts';
import type { SqlServerConnection } from './connection.ts';

/** The greatest that it takes ("SET QUERY_GOVERNOR_COST_LIMIT"). */
const mostCost = 2 ** 31 - 1;

/** @param identitySetting the key of the session's context that row policies read; null where there are none. */
export async function beginSqlServerReading(
	connection: SqlServerConnection,
	{ identity, limits }: QuestionScope,
	identitySetting: string | null,
): Promise<void> {
	connection.hold(limits.statementMs);
	const [state] = await connection.query('select snapshot_isolation_state from sys.databases where database_id = db_id()');
	// A snapshot waits for nobody, and nobody waits for it; only whoever owns the database can allow it.
	const isolation = state?.[0] === '1' ? 'snapshot' : 'read committed';
	await connection.query(
		[
			`set lock_timeout ${limits.lockMs}`,
			// For whoever may not ask for the estimate; see `explainSqlServer`.
			`set query_governor_cost_limit ${Math.min(limits.cost, mostCost)}`,
			// Where a question and the company's own work wait for each other, the question is ended.
			'set deadlock_priority low',
			`set transaction isolation level ${isolation}`,
			'begin transaction',
		].join('; '),
	);
	if (identitySetting === null) return;
	// Read-only: nothing in this session can say afterwards that somebody else is asking.
	await connection.query('exec sp_set_session_context @key = @setting, @value = @person, @read_only = 1', {
		setting: identitySetting,
		person: identity ?? '',
	});
}
