/** The tables and views of a schema in SQL Server that the login may read. */

import type { LiveView } from '../engine.ts';
import type { SqlServerConnection } from './connection.ts';
import { columnTypeOf } from './values.ts';

/** Tables and views of the schema. Catalogue views show what the login has some right to; a column is asked for by itself. */
const readable = `from sys.objects as o where o.schema_id = schema_id(@schema) and o.type in ('U', 'V') and o.is_ms_shipped = 0`;
/** "MS_Description" is where SQL Server's own tools put what a person wrote about a thing. */
const describing = `left join sys.extended_properties as d on d.class = 1 and d.name = 'MS_Description' and d.major_id = o.object_id`;

const columnsOf = `select o.object_id, o.name, c.name, type_name(c.system_type_id), cast(d.value as nvarchar(1000))
	from sys.objects as o join sys.columns as c on c.object_id = o.object_id ${describing} and d.minor_id = c.column_id
	where o.object_id in (select o.object_id ${readable})
	and has_perms_by_name(concat(quotename(@schema), '.', quotename(o.name)), 'OBJECT', 'SELECT', c.name, 'COLUMN') = 1
	order by o.name, c.column_id`;
const commentsOf = `select o.object_id, cast(d.value as nvarchar(1000)) from sys.objects as o ${describing} and d.minor_id = 0
	where o.object_id in (select o.object_id ${readable})`;
const keysOf = `select i.object_id, c.name from sys.indexes as i
	join sys.index_columns as k on k.object_id = i.object_id and k.index_id = i.index_id
	join sys.columns as c on c.object_id = k.object_id and c.column_id = k.column_id
	where i.is_primary_key = 1 and i.object_id in (select o.object_id ${readable}) order by i.object_id, k.key_ordinal`;
const referencesOf = `select k.parent_object_id, k.constraint_object_id, c.name, o.name, p.name from sys.foreign_key_columns as k
	join sys.columns as c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
	join sys.columns as p on p.object_id = k.referenced_object_id and p.column_id = k.referenced_column_id
	join sys.objects as o on o.object_id = k.referenced_object_id
	where k.parent_object_id in (select o.object_id ${readable}) order by k.constraint_object_id, k.constraint_column_id`;

export async function readSqlServerSchema(connection: SqlServerConnection, schema: string): Promise<LiveView[]> {
	const [collation] = await connection.query("select cast(databasepropertyex(db_name(), 'Collation') as nvarchar(128))");
	const nameOf = namesUnder(collation?.[0] ?? '');
	const columns = await connection.query(columnsOf, { schema });
	const comments = await connection.query(commentsOf, { schema });
	const keys = await connection.query(keysOf, { schema });
	const links = await connection.query(referencesOf, { schema });
	return [...Map.groupBy(columns, ([id]) => id)].map(([id, own]) => ({
		name: nameOf(own[0]?.[1]),
		comment: comments.find(([object]) => object === id)?.[1] ?? null,
		columns: own.map(([, , name, type, comment]) => ({ name: nameOf(name), type: columnTypeOf(type ?? ''), comment: comment ?? null })),
		key: keys.filter(([object]) => object === id).map(([, name]) => nameOf(name)),
		references: [
			...Map.groupBy(
				links.filter(([object]) => object === id),
				([, rule]) => rule,
			).values(),
		].map((link) => ({
			columns: link.map(([, , name]) => nameOf(name)),
			to: nameOf(link[0]?.[3]),
			toColumns: link.map(([, , , , name]) => nameOf(name)),
		})),
	}));
}

/** Catalogues have names in small letters. Where a database takes capitals for the same, as most do, that is the same name. */
function namesUnder(collation: string): (name: string | null | undefined) => string {
	return (name) => (collation.includes('_CI') ? (name ?? '').toLowerCase() : (name ?? ''));
}
