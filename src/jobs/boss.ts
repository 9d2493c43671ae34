/** pg-boss over our own database: its statements run as ours do, signed and within the bounds of our connections. */

import type { Db, PgBoss } from 'pg-boss';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';

/** As the migrations made it. What fails for good goes into their other queue, `dead`. */
export const workQueue = 'work';

export type { PgBoss } from 'pg-boss';

/** It knows the queues from its start on, and they never change; a day is the longest that it goes without reading them again. */
const rereadQueuesSeconds = 86_400;

/**
 * Ready to take jobs in; it does nothing by itself. The migrations make its tables and `worker.ts` does what its maintenance would: that sends
 * scripts, which our signed transactions refuse, and asks much more often than one queue needs.
 * @throws BotError `STORE_UNAVAILABLE`, or pg-boss's own error when the tables are another version's.
 */
export async function openBoss(database: Database): Promise<PgBoss> {
	const { PgBoss } = await import('pg-boss');
	const boss = new PgBoss({
		db: through(database),
		schema: 'ccb_jobs',
		migrate: false,
		createSchema: false,
		supervise: false,
		schedule: false,
		registerInstance: false,
		queueCacheIntervalSeconds: rereadQueuesSeconds,
		openTelemetry: { enabled: false },
	});
	// Only what it does by itself, which is to read the queues again: those that it knows stay known.
	boss.on('error', () => {});
	await boss.start();
	return boss;
}

/** Where pg-boss sends its statements: to a transaction that is open, or each in one of its own as the program. */
export function through({ query }: Pick<Transaction, 'query'>): Db {
	return { executeSql: async (sql, values = []) => ({ rows: await query(sql, values) }) };
}
