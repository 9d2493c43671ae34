/** What SQLite itself lets a question do: read the columns of permitted views, and call functions that only reckon. */

import { constants, type DatabaseSync } from 'node:sqlite';
import { sqliteFunctions } from '../../guard/print/sqlite-functions.ts';

/** All of SQLite's that give the same for the same, and touch nothing outside of the statement. */
const functions = new Set([
	...Object.keys(sqliteFunctions),
	...['abs', 'avg', 'ceil', 'ceiling', 'char', 'coalesce', 'concat', 'concat_ws', 'count', 'cume_dist', 'date', 'datetime', 'dense_rank'],
	...[
		'exp',
		'first_value',
		'floor',
		'format',
		'glob',
		'group_concat',
		'hex',
		'ifnull',
		'iif',
		'instr',
		'julianday',
		'lag',
		'last_value',
		'lead',
	],
	...['length', 'like', 'ln', 'log', 'log10', 'lower', 'ltrim', 'max', 'min', 'mod', 'nth_value', 'ntile', 'nullif', 'percent_rank', 'pow'],
	...[
		'power',
		'printf',
		'rank',
		'replace',
		'round',
		'row_number',
		'rtrim',
		'sign',
		'sqrt',
		'strftime',
		'string_agg',
		'substr',
		'substring',
	],
	...['sum', 'time', 'timediff', 'total', 'trim', 'trunc', 'typeof', 'unicode', 'unixepoch', 'upper'],
]);

/**
 * Refuses everything else from now on: other statements, PRAGMA, recursion, other tables, columns and functions.
 * A view is a statement of its own within the one that reads it, so what the view reads is permitted as well: which row of a base table a view leaves
 * out is for the guard to see to. SQLite's word for which view a column is read through is not believed: a name in WITH looks the same.
 */
export function authorizeReading(database: DatabaseSync, views: Readonly<Record<string, readonly string[]>>): void {
	const permitted = new Set(Object.entries(views).flatMap(([view, columns]) => readBy(database, view, columns)));
	database.setAuthorizer((action, first, second) => {
		switch (action) {
			case constants.SQLITE_SELECT:
				return constants.SQLITE_OK;
			case constants.SQLITE_READ:
				// Without a column, as in count(*), no value is read.
				return first !== null && (second === '' || permitted.has(keyOf(first, second))) ? constants.SQLITE_OK : constants.SQLITE_DENY;
			case constants.SQLITE_FUNCTION:
				return second !== null && functions.has(second.toLowerCase()) ? constants.SQLITE_OK : constants.SQLITE_DENY;
			default:
				return constants.SQLITE_DENY;
		}
	});
}

/** All columns that SQLite reads for those of a view, its own and those beneath. */
function readBy(database: DatabaseSync, view: string, columns: readonly string[]): string[] {
	const read: string[] = [];
	database.setAuthorizer((action, table, column) => {
		if (action === constants.SQLITE_READ && table !== null) read.push(keyOf(table, column));
		return constants.SQLITE_OK;
	});
	try {
		database.prepare(`select ${columns.map(quoted).join(', ')} from ${quoted(view)}`);
		return read;
	} catch {
		return []; // the view or one of its columns is gone; a question that needs it is told so
	} finally {
		database.setAuthorizer(null);
	}
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** Names of columns have no line breaks in any catalogue. */
function keyOf(table: string, column: string | null): string {
	return `${table}\n${column}`.toLowerCase();
}
