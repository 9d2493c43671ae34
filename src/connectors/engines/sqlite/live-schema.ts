/** The tables and views of an SQLite file. */

import type { DatabaseSync } from 'node:sqlite';
import type { LiveView } from '../engine.ts';
import { declaredType } from './values.ts';

export function readSqliteSchema(database: DatabaseSync): LiveView[] {
	const names = database
		.prepare("select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name")
		.all();
	return names.map(({ name }) => describe(database, String(name)));
}

function describe(database: DatabaseSync, name: string): LiveView {
	const columns = database.prepare('select name, type, pk from pragma_table_info(?) order by cid').all(name);
	const links = database.prepare('select id, "table", "from", "to" from pragma_foreign_key_list(?) order by id, seq').all(name);
	return {
		name,
		comment: null,
		columns: columns.map((column) => ({ name: String(column['name']), type: declaredType(String(column['type'])), comment: null })),
		key: columns
			.filter(({ pk }) => pk !== 0)
			.sort((one, other) => Number(one['pk']) - Number(other['pk']))
			.map((column) => String(column['name'])),
		references: [...Map.groupBy(links, ({ id }) => id).values()].map((link) => ({
			columns: link.map(({ from }) => String(from)),
			to: String(link[0]?.['table']),
			// Without a name it is the key of the other table.
			toColumns: link.flatMap(({ to }) => (to === null ? [] : [String(to)])),
		})),
	};
}
