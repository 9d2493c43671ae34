/** What one statement may read, and for which database it is printed: everything that the guard is told besides the text. */

/** `mysql` differs from `mariadb` in the names of collations alone, and is written by its documentation. */
export type SqlDialect = 'postgresql' | 'mariadb' | 'mysql' | 'sqlite' | 'sqlserver';

/**
 * What a column holds, whatever its database calls it. `decimal` is exact; `float` is not. `timestamp` has no zone, `timestamptz` is a moment.
 * SQLite keeps dates as `YYYY-MM-DD` and timestamps as `YYYY-MM-DD HH:MM:SS`; a column with other contents there is `other`.
 * An `other` column (JSON, arrays, bytes, intervals) can be shown and tested for null, and nothing else.
 */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'float' | 'boolean' | 'date' | 'timestamp' | 'timestamptz' | 'other';

export interface ReadableColumn {
	name: string;
	type: ColumnType;
}

/** Each row of the relation has at most one row of `to` whose `toColumns` equal its `columns`. */
export interface DeclaredReference {
	columns: readonly string[];
	/** Name of a relation, as the statement writes it. */
	to: string;
	toColumns: readonly string[];
}

/** A view that this asker may use. Statements name it, with or without its schema; nothing else can be read. */
export interface ReadableRelation {
	/** Null where the engine has no schemas, or the connection's own is meant. */
	schema: string | null;
	name: string;
	/** In the order that `*` shows them. */
	columns: readonly ReadableColumn[];
	/** Columns that tell its rows apart, together; empty when none are declared. */
	key: readonly string[];
	references: readonly DeclaredReference[];
}

export interface StatementBounds {
	dialect: SqlDialect;
	relations: readonly ReadableRelation[];
	/** Rows that are shown at most. One more is asked for, so that whoever reads the result knows whether there were more. */
	maxRows: number;
	/** What `now()` and `current_date` are: the local time of the connector, as `YYYY-MM-DD HH:MM:SS`. It is printed as a literal, alike for every database. */
	now: string;
}
