/** The catalogue views of SQL Server that tell of tables, keys, people and rights: as tables beside the data, filled from what there is. */

import type { DatabaseSync } from 'node:sqlite';
import type { ServerState } from './server-state.ts';

/** `system_type_id` is the name of the type here, which `type_name` gives back. */
const definitions = `
	create table sys.schemas (schema_id integer, name text, principal_id integer);
	create table sys.objects (object_id integer primary key, name text, schema_id integer, type text, is_ms_shipped integer, parent_object_id integer, principal_id integer);
	create table sys.columns (object_id integer, column_id integer, name text, system_type_id text);
	create table sys.extended_properties (class integer, name text, major_id integer, minor_id integer, value text);
	create table sys.indexes (object_id integer, index_id integer, is_primary_key integer);
	create table sys.index_columns (object_id integer, index_id integer, column_id integer, key_ordinal integer);
	create table sys.foreign_key_columns (constraint_object_id integer, constraint_column_id integer, parent_object_id integer, parent_column_id integer,
		referenced_object_id integer, referenced_column_id integer);
	create table sys.databases (database_id integer, name text, snapshot_isolation_state integer, is_db_chaining_on integer);
	create table sys.servers (name text, is_linked integer);
	create table sys.server_principals (name text, type text);
	create table sys.database_principals (name text, type text, is_fixed_role integer);
	create table sys.database_permissions (permission_name text, state text, grantee_principal_id integer);
	create table sys.my_permissions (scope text, permission_name text)`;

const ownDatabase = 5;
const dbo = 1;

/** Whose login is asked; `database_principal_id()` gives it. */
export const ownPrincipal = 7;

export function createCatalogueViews(database: DatabaseSync): void {
	database.exec(`attach ':memory:' as sys; ${definitions}`);
}

/** Anew: tables were made, rights given. */
export function fillCatalogueViews(database: DatabaseSync, state: ServerState): void {
	const put = (table: string, rows: readonly (readonly (string | number | null)[])[]) => {
		database.exec(`delete from sys.${table}`);
		for (const row of rows) database.prepare(`insert into sys.${table} values (${row.map(() => '?').join(', ')})`).run(...row);
	};
	const tables = database.prepare("select name, type from main.sqlite_schema where type in ('table', 'view') order by rowid").all();
	const objects = tables.map(({ name, type }, index) => ({ id: 100 + index, name: String(name), type: type === 'view' ? 'V' : 'U' }));
	const routines = state.procedures.map((name, index) => ({ id: 900 + index, name, type: 'P' }));
	const columns = objects.flatMap(({ id, name }) =>
		database
			.prepare('select cid + 1 as place, name, type, pk from pragma_table_info(?)')
			.all(name)
			.map((column) => ({
				id,
				place: Number(column['place']),
				name: String(column['name']),
				type: String(column['type']),
				key: Number(column['pk']),
			})),
	);
	const idOf = (name: string) => objects.find((object) => object.name === name)?.id ?? 0;
	const placeOf = (table: string, name: string) => columns.find((column) => column.id === idOf(table) && column.name === name)?.place ?? 0;
	put('schemas', [[dbo, 'dbo', state.owns.has('dbo') ? ownPrincipal : dbo]]);
	put(
		'objects',
		[...objects, ...routines].map(({ id, name, type }) => [id, name, dbo, type, 0, 0, state.owns.has(name) ? ownPrincipal : null]),
	);
	put(
		'columns',
		columns.map(({ id, place, name, type }) => [id, place, name, serverType(type).name]),
	);
	put(
		'indexes',
		objects.map(({ id }) => [id, 1, 1]),
	);
	put(
		'index_columns',
		columns.filter(({ key }) => key > 0).map(({ id, place, key }) => [id, 1, place, key]),
	);
	put(
		'extended_properties',
		state.descriptions.map(({ table, column, text }) => [
			1,
			'MS_Description',
			idOf(table),
			column === null ? 0 : placeOf(table, column),
			text,
		]),
	);
	put(
		'foreign_key_columns',
		state.foreignKeys.map(({ table, column, to, toColumn }, index) => [
			...[500 + index, 1, idOf(table), placeOf(table, column)],
			...[idOf(to), placeOf(to, toColumn)],
		]),
	);
	put('databases', [
		[ownDatabase, state.database, state.allowsSnapshots ? 1 : 0, state.isChained ? 1 : 0],
		...state.otherDatabases.map((name, index) => [ownDatabase + 1 + index, name, 0, 0]),
	]);
	put('servers', [['EMULATOR', 0], ...state.linkedServers.map((name) => [name, 1])]);
	put('server_principals', [
		['public', 'R'],
		['sysadmin', 'R'],
		['dbcreator', 'R'],
		[state.user, 'S'],
		['sa', 'S'],
	]);
	put('database_principals', [
		...['db_owner', 'db_datawriter', 'db_datareader', 'db_ddladmin'].map((name) => [name, 'R', 1]),
		...[state.user, 'dbo', 'payroll'].map((name) => [name, 'S', 0]),
	]);
	put(
		'database_permissions',
		state.grantable.map((right) => [right, 'W', ownPrincipal]),
	);
	put('my_permissions', [
		...['CONNECT SQL', 'VIEW ANY DATABASE', ...state.serverRights].map((right) => ['SERVER', right]),
		...['CONNECT', ...(state.maySeePlans ? ['SHOWPLAN'] : []), ...state.databaseRights].map((right) => ['DATABASE', right]),
	]);
}

/** Declared as SQLite's tables are, in SQL Server's words. */
export function serverType(declared: string): { name: string; scale: number } {
	const [, word = '', first, second] = /^([a-z0-9]+)(?:\((\w+)(?:, ?(\d+))?\))?/.exec(declared.toLowerCase()) ?? [];
	if (first === 'max') return { name: `${word}(max)`, scale: 0 };
	const aliases: Readonly<Record<string, string>> = { integer: 'int', boolean: 'bit', timestamp: 'datetime2', text: 'nvarchar' };
	const name = aliases[word] ?? word;
	const isTimed = ['time', 'datetime2', 'datetimeoffset'].includes(name);
	return { name, scale: Number((isTimed ? (first ?? 7) : second) ?? 0) };
}
