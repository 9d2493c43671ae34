/** What a login of SQL Server could do beyond reading the views of a catalogue. */

import type { LoginPower } from '../engine.ts';
import type { SqlServerConnection } from './connection.ts';

/** Enough to see what is meant. */
const mostNamed = 20;

const objects = `from sys.objects as o join sys.schemas as s on s.schema_id = o.schema_id
	where o.is_ms_shipped = 0 and o.parent_object_id = 0`;
const full = "concat(s.name, '.', o.name)";
const may = (right: string) => `has_perms_by_name(concat(quotename(s.name), '.', quotename(o.name)), 'OBJECT', '${right}') = 1`;
const isTable = "o.type in ('U', 'V')";

/** By the names of rights over the server or the database ("Permissions"). */
const kindsOfRights: Readonly<Record<string, LoginPower['kind']>> = {
	...{
		'CONTROL SERVER': 'superuser',
		CONTROL: 'superuser',
		'CREATE ANY DATABASE': 'makes-databases',
		'CREATE DATABASE': 'makes-databases',
	},
	...{
		'ALTER ANY LOGIN': 'makes-roles',
		'ALTER ANY SERVER ROLE': 'makes-roles',
		'ALTER ANY USER': 'makes-roles',
		'ALTER ANY ROLE': 'makes-roles',
	},
	...{ INSERT: 'writes', UPDATE: 'writes', DELETE: 'writes', ALTER: 'writes', 'TAKE OWNERSHIP': 'writes' },
	...{
		'CREATE TABLE': 'creates',
		'CREATE VIEW': 'creates',
		'CREATE PROCEDURE': 'creates',
		'CREATE FUNCTION': 'creates',
		'CREATE SCHEMA': 'creates',
	},
	...{
		'ADMINISTER BULK OPERATIONS': 'server-files',
		'ADMINISTER DATABASE BULK OPERATIONS': 'server-files',
		'BACKUP DATABASE': 'server-files',
	},
	...{ EXECUTE: 'definer-functions', 'ALTER ANY LINKED SERVER': 'other-servers', 'IMPERSONATE ANY LOGIN': 'impersonates' },
};

/** What questions need, what does no harm, and what everybody has: keys of encrypted columns, not what they open. What reads too much is looked for by itself. */
const harmless: readonly string[] = [
	...['CONNECT SQL', 'VIEW ANY DATABASE', 'CONNECT', 'SELECT', 'SHOWPLAN', 'VIEW DEFINITION'],
	...['VIEW ANY COLUMN ENCRYPTION KEY DEFINITION', 'VIEW ANY COLUMN MASTER KEY DEFINITION'],
];
const rights =
	"select permission_name from sys.fn_my_permissions(null, 'SERVER') union select permission_name from sys.fn_my_permissions(null, 'DATABASE')";

/** Each gives one column of names; several of one kind are put together. */
const questions: readonly (readonly [LoginPower['kind'], string])[] = [
	['superuser', "select 'sysadmin' where is_srvrolemember('sysadmin') = 1"],
	['powerful-role', "select name from sys.server_principals where type = 'R' and name <> 'public' and is_srvrolemember(name) = 1"],
	[
		'powerful-role',
		`select name from sys.database_principals where type = 'R' and is_fixed_role = 1 and is_rolemember(name) = 1
		and name not in ('db_datareader', 'db_denydatareader', 'db_denydatawriter')`,
	],
	['owns', 'select name from sys.schemas where principal_id = database_principal_id()'],
	['owns', `select ${full} ${objects} and o.principal_id = database_principal_id()`],
	['writes', `select ${full} ${objects} and ${isTable} and (${['INSERT', 'UPDATE', 'DELETE', 'ALTER'].map(may).join(' or ')})`],
	['creates', "select name from sys.schemas where has_perms_by_name(quotename(name), 'SCHEMA', 'ALTER') = 1"],
	// A procedure reads and writes under its owner's rights ("Ownership chains"), whatever its caller may do.
	['definer-functions', `select ${full} ${objects} and o.type in ('P', 'PC', 'X', 'FN', 'FS') and ${may('EXECUTE')}`],
	['server-files', "select 'xp_cmdshell' where has_perms_by_name('master.sys.xp_cmdshell', 'OBJECT', 'EXECUTE') = 1"],
	['other-servers', 'select name from sys.servers where is_linked = 1'],
	[
		'impersonates',
		`select name from sys.database_principals where type in ('S', 'U') and name <> user_name()
		and has_perms_by_name(quotename(name), 'USER', 'IMPERSONATE') = 1`,
	],
	[
		'impersonates',
		`select name from sys.server_principals where type in ('S', 'U') and name <> suser_sname()
		and has_perms_by_name(quotename(name), 'LOGIN', 'IMPERSONATE') = 1`,
	],
	[
		'grants',
		`select permission_name from sys.database_permissions where state = 'W'
		and (grantee_principal_id = database_principal_id() or is_rolemember(user_name(grantee_principal_id)) = 1)`,
	],
	['chained-databases', 'select name from sys.databases where database_id = db_id() and is_db_chaining_on = 1'],
	[
		'reads-more',
		"select name from sys.databases where has_dbaccess(name) = 1 and database_id <> db_id() and name not in ('master', 'tempdb', 'msdb')",
	],
];

export async function findSqlServerPowers(
	connection: SqlServerConnection,
	schema: string,
	views: readonly string[],
): Promise<LoginPower[]> {
	const found = new Map<LoginPower['kind'], string[]>();
	const add = (kind: LoginPower['kind'], names: readonly string[]) => {
		if (names.length > 0) found.set(kind, [...new Set([...(found.get(kind) ?? []), ...names])]);
	};
	for (const [right = null] of await connection.query(rights))
		if (right !== null && !harmless.includes(right)) add(kindsOfRights[right] ?? 'administrates', [right]);
	for (const [kind, text] of questions)
		add(
			kind,
			(await connection.query(text)).map(([name]) => name ?? ''),
		);
	const readable = await connection.query(`select s.name, o.name ${objects} and ${isTable} and ${may('SELECT')}`);
	const isNamed = (space: string | null | undefined, name: string | null | undefined) =>
		space?.toLowerCase() === schema.toLowerCase() && views.includes(name?.toLowerCase() ?? '');
	add(
		'reads-more',
		readable.filter(([space, name]) => !isNamed(space, name)).map(([space, name]) => `${space}.${name}`),
	);
	return [...found].map(([kind, what]) => ({ kind, what: what.slice(0, mostNamed) }));
}
