/** The port to a company's database. Only what the guard has printed is sent through it, and nothing but rows comes back. */

import type { RunLimits } from '../catalogue/catalogue-file.ts';
import type { ColumnType } from '../guard/bounds.ts';
import type { PrintedQuery } from '../guard/guard.ts';

export interface ConnectorEngine {
	/**
	 * A connection of its own for one question, in a transaction that can only read, under all limits.
	 * When the signal fires, what runs is ended on the server too, and the call in progress is rejected with `CANCELLED`.
	 * @throws BotError `STORE_UNAVAILABLE` (retryable) when the database is away or full, `CONFIG_INVALID` when it refuses the login, `CANCELLED`.
	 */
	connect(question: QuestionScope): Promise<EngineSession>;
	/** What the login may read. @throws as `connect`. */
	readSchema(signal: AbortSignal): Promise<LiveView[]>;
	/** What the login could do beyond reading what the catalogue names. @throws as `connect`. */
	findPowers(signal: AbortSignal): Promise<LoginPower[]>;
}

export interface QuestionScope {
	/** Who asks, where the catalogue says that rows depend on it; null for nobody. */
	identity: string | null;
	limits: RunLimits;
	signal: AbortSignal;
}

/**
 * Each call throws BotError: `TIMEOUT` beyond a limit of time, `CANCELLED`, `STORE_UNAVAILABLE` (retryable) when the connection breaks,
 * `NOT_FOUND` for a view or column that is no longer there, `FORBIDDEN` for one that the login may not read, `CONFLICT` for whatever else the
 * database refuses. `reason` is its code. Its sentence is not kept: it quotes values of rows.
 */
export interface EngineSession {
	/** Runs nothing. */
	explain(query: PrintedQuery): Promise<Estimate>;
	/** Stops fetching at the limits of rows and bytes. */
	run(query: PrintedQuery): Promise<FetchedRows>;
	/** Leaves nothing on the server. Never throws. */
	close(): Promise<void>;
}

export interface Estimate {
	/**
	 * PostgreSQL and SQL Server: the planner's cost. MariaDB: rows to look at, over all joins. Null where the engine estimates nothing: SQLite, views of
	 * MariaDB whose tables the login may not read, and SQL Server for a login without SHOWPLAN.
	 */
	cost: number | null;
}

export interface FetchedRows {
	columns: { name: string; isBinary: boolean }[];
	/** As the database writes them, digit for digit; bytes as `\x` and two digits each. Null is no value. */
	rows: (string | null)[][];
	/** Which limit cut it short: there is more. */
	cutBy: 'rows' | 'bytes' | null;
}

export interface LiveView {
	name: string;
	comment: string | null;
	columns: { name: string; type: ColumnType; comment: string | null }[];
	/** Of the primary key; empty where there is none, as in views. */
	key: string[];
	references: { columns: string[]; to: string; toColumns: string[] }[];
}

/** What a login could do beyond reading; the words for each are in `src/locales/connectors`. */
export interface LoginPower {
	kind:
		| 'superuser'
		| 'bypasses-policies'
		| 'makes-roles'
		| 'makes-databases'
		| 'replicates'
		| 'owns'
		| 'writes'
		| 'creates'
		| 'temporary-tables'
		| 'definer-functions'
		| 'server-files'
		| 'powerful-role'
		| 'other-servers'
		| 'chained-databases'
		| 'impersonates'
		| 'reads-more'
		| 'administrates'
		| 'grants';
	/** Objects, roles or rights, a few of them. */
	what: string[];
}
