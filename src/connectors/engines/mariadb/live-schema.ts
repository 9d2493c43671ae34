/** The tables and views of a database in MariaDB that the login may read. */

import type { Connection } from 'mysql2';
import type { ColumnType } from '../../guard/bounds.ts';
import type { LiveView } from '../engine.ts';
import { queryMariadb } from './connection.ts';

const types: Readonly<Record<string, ColumnType>> = {
	...{ tinyint: 'integer', smallint: 'integer', mediumint: 'integer', int: 'integer', bigint: 'integer', year: 'integer' },
	...{ decimal: 'decimal', float: 'float', double: 'float', date: 'date', datetime: 'timestamp', timestamp: 'timestamptz' },
	...{ char: 'text', varchar: 'text', tinytext: 'text', text: 'text', mediumtext: 'text', longtext: 'text', enum: 'text', uuid: 'text' },
};

export async function readMariadbSchema(connection: Connection): Promise<LiveView[]> {
	const tables = await queryMariadb(
		connection,
		'select table_name, table_comment from information_schema.tables where table_schema = database() order by table_name',
	);
	const columns = await queryMariadb(
		connection,
		`select table_name, column_name, column_type, column_comment from information_schema.columns
		where table_schema = database() order by table_name, ordinal_position`,
	);
	const keys = await queryMariadb(
		connection,
		`select table_name, constraint_name, column_name, referenced_table_name, referenced_column_name from information_schema.key_column_usage
		where table_schema = database() order by table_name, constraint_name, ordinal_position`,
	);
	return tables.map(([name, comment]) => {
		const own = keys.filter(([table]) => table === name);
		const links = Map.groupBy(
			own.filter(([, , , other]) => other !== null),
			([, rule]) => rule,
		);
		return {
			name: name ?? '',
			// What stands there for every view.
			comment: comment === '' || comment === 'VIEW' ? null : (comment ?? null),
			columns: columns
				.filter(([table]) => table === name)
				.map(([, column, type, about]) => ({
					name: column ?? '',
					type: typeOf(type ?? ''),
					comment: about === '' ? null : (about ?? null),
				})),
			key: own.filter(([, rule]) => rule === 'PRIMARY').map(([, , column]) => column ?? ''),
			references: [...links.values()].map((link) => ({
				columns: link.map(([, , column]) => column ?? ''),
				to: link[0]?.[3] ?? '',
				toColumns: link.map(([, , , , column]) => column ?? ''),
			})),
		};
	});
}

/** `tinyint(1)` is what BOOLEAN is short for. */
function typeOf(declared: string): ColumnType {
	if (declared === 'tinyint(1)') return 'boolean';
	return types[/^[a-z]+/.exec(declared)?.[0] ?? ''] ?? 'other';
}
