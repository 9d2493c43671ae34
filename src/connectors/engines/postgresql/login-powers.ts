/** What a login of PostgreSQL could do beyond reading the views of a catalogue. */

import type { Client } from 'pg';
import type { LoginPower } from '../engine.ts';
import { queryPostgresql } from './connection.ts';

/** Enough to see what is meant; a superuser may do everything everywhere. */
const mostNamed = 20;

/** All roles whose rights the login has, itself included. */
const own = "(select oid from pg_roles where pg_has_role(current_user, oid, 'member'))";
const isForeign = "nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'";
const roleWith = (right: string) => `select rolname from pg_roles where ${right} and oid in ${own}`;
const relation = 'from pg_class thing join pg_namespace space on space.oid = relnamespace';
const routine = 'from pg_proc thing join pg_namespace space on space.oid = pronamespace';
const isRunnable = "has_schema_privilege(space.oid, 'usage') and has_function_privilege(thing.oid, 'execute')";

/** Each gives one column of names. `$1` is the schema of the views, `$2` their names. */
const questions: readonly (readonly [LoginPower['kind'], string])[] = [
	['superuser', roleWith('rolsuper')],
	['bypasses-policies', roleWith('rolbypassrls')],
	['makes-roles', roleWith('rolcreaterole')],
	['makes-databases', roleWith('rolcreatedb')],
	['replicates', roleWith('rolreplication')],
	['powerful-role', roleWith("rolname like 'pg\\_%' and rolname <> 'pg_database_owner'")],
	[
		'owns',
		`select relname ${relation} where relowner in ${own} and relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${isForeign}
		union all select proname ${routine} where proowner in ${own} and ${isForeign}
		union all select nspname from pg_namespace where nspowner in ${own} and ${isForeign}
		union all select datname from pg_database where datdba in ${own} and datname = current_database()`,
	],
	[
		'writes',
		`select relname ${relation} where ${isForeign} and has_schema_privilege(space.oid, 'usage') and case
			when relkind = 'S' then has_sequence_privilege(thing.oid, 'usage, update')
			when relkind in ('r', 'p', 'v', 'f') then has_table_privilege(thing.oid, 'insert, update, delete, truncate, trigger')
				or has_any_column_privilege(thing.oid, 'insert, update')
			else false end`,
	],
	[
		'creates',
		`select nspname from pg_namespace where has_schema_privilege(oid, 'create') and ${isForeign}
		union all select datname from pg_database where datname = current_database() and has_database_privilege(oid, 'create')`,
	],
	['temporary-tables', "select datname from pg_database where datname = current_database() and has_database_privilege(oid, 'temporary')"],
	['definer-functions', `select proname ${routine} where prosecdef and ${isForeign} and ${isRunnable}`],
	[
		'server-files',
		`select proname ${routine} where nspname = 'pg_catalog' and ${isRunnable}
			and proname in ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'lo_import', 'lo_export')`,
	],
	[
		'other-servers',
		`select proname ${routine} where proname like 'dblink%' and ${isRunnable}
		union all select srvname from pg_foreign_server where has_server_privilege(oid, 'usage')`,
	],
	[
		'reads-more',
		`select nspname || '.' || relname ${relation} where relkind in ('r', 'p', 'v', 'm', 'f') and ${isForeign}
			and has_schema_privilege(space.oid, 'usage') and has_any_column_privilege(thing.oid, 'select')
			and not (nspname = $1 and relname = any ($2::text[]))`,
	],
];

export async function findPostgresqlPowers(client: Client, schema: string, views: readonly string[]): Promise<LoginPower[]> {
	const powers: LoginPower[] = [];
	for (const [kind, text] of questions) {
		const values = text.includes('$1') ? [schema, views] : [];
		const names = await queryPostgresql<[string]>(
			client,
			`select distinct * from (${text}) as found (name) order by name limit ${mostNamed}`,
			values,
		);
		if (names.length > 0) powers.push({ kind, what: names.map(([name]) => name) });
	}
	return powers;
}
