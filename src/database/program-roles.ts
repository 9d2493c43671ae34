/** The database roles that the program works with: what the login may do with them, what it mends at the start, and who else has to help. */

import { type ClientBase, escapeIdentifier } from 'pg';
import { BotError } from '../errors.ts';

/** One of the program's own roles, as the login and the role that it works as stand to it. */
export interface RoleStanding {
	name: string;
	exists: boolean;
	/** The login may become it. */
	isOpenToLogin: boolean;
	/** The login may let others, and itself, become it. */
	isGrantable: boolean;
	/** `ccb_app` may become it. */
	isOpenToApp: boolean;
}

/** What the login is, as far as the program's roles depend on it. */
export interface LoginRights {
	login: string;
	/** Of the server, such as 16. */
	major: number;
	isSuperuser: boolean;
	mayCreateRoles: boolean;
	roles: RoleStanding[];
}

/** The login works as the first, becomes the second for the moment in which the key is read, and the first becomes each of the others. */
const names = ['ccb_app', 'ccb_keeper', 'ccb_guest', 'ccb_employee', 'ccb_admin', 'ccb_registrar', 'ccb_librarian'];
const [app, keeper] = names;

/**
 * From 16 on, being a member of a role and being allowed to become it are two things: whoever made a role is the former alone. And whoever has
 * CREATEROLE could give every role until 15; from 16 on, only those that they have the admin option on (release notes of PostgreSQL 16, E.1).
 */
const readLogin = `
select session_user::text as "login", server.major, login.rolsuper as "isSuperuser", login.rolsuper or login.rolcreaterole as "mayCreateRoles",
	(select json_agg(json_build_object(
		'name', wanted.name,
		'exists', there.oid is not null,
		'isOpenToLogin', coalesce(pg_has_role(login.oid, there.oid, server.become), false),
		'isGrantable', login.rolsuper or coalesce(
			server.major < 16 and login.rolcreaterole or pg_has_role(login.oid, there.oid, 'USAGE WITH ADMIN OPTION'), false),
		'isOpenToApp', coalesce(pg_has_role(app.oid, there.oid, server.become), false)
	) order by wanted.place)
	from unnest($1::text[]) with ordinality as wanted(name, place)
	left join pg_roles as there on there.rolname = wanted.name
	left join pg_roles as app on app.rolname = 'ccb_app') as "roles"
from pg_roles as login, (
	select major, case when major < 16 then 'MEMBER' else 'SET' end as become
	from (select current_setting('server_version_num')::int / 10000 as major) as version
) as server
where login.rolname = session_user`;

/** Reads, and changes nothing. Throws the driver's own errors. */
export async function readLoginRights(connection: Pick<ClientBase, 'query'>): Promise<LoginRights> {
	const { rows } = await connection.query<LoginRights>(readLogin, [names]);
	const [rights] = rows;
	if (rights === undefined) throw new BotError('INTERNAL', 'the database does not know the login that it let in');
	return rights;
}

/**
 * What somebody with more rights has to run before the login can start, or null when it can start as it is. It gives the login what it would
 * have if it had made the roles itself: it may give them, and inherits nothing, above all not from the owner of the key.
 */
export function helpNeeded({ login, major, mayCreateRoles, roles }: LoginRights): string | null {
	const missing = roles.filter(({ exists }) => !exists);
	const locked = roles.filter((role) => role.exists && !role.isGrantable && !isReady(role));
	const who = escapeIdentifier(login);
	const needed: string[] = [];
	if (!mayCreateRoles && (missing.length > 0 || (locked.length > 0 && major < 16))) needed.push(`alter role ${who} createrole`);
	if (locked.length > 0 && major >= 16) {
		const given = roles.filter((role) => role.exists && !role.isGrantable).map(({ name }) => name);
		needed.push(`grant ${given.join(', ')} to ${who} with admin true, inherit false, set false`);
	}
	return needed.length === 0 ? null : needed.join('; ');
}

/** The same for the roles that administrators make, without which everything else works. */
export function helpNeededForMadeRoles({ login, major, mayCreateRoles, roles }: LoginRights): string | null {
	const who = escapeIdentifier(login);
	const mayGiveEmployees = roles.some((role) => role.name === 'ccb_employee' && (role.isGrantable || !role.exists));
	const needed = [
		...(mayCreateRoles ? [] : [`alter role ${who} createrole`]),
		...(mayGiveEmployees || major < 16 ? [] : [`grant ccb_employee to ${who} with admin true, inherit false, set false`]),
	];
	return needed.length === 0 ? null : needed.join('; ');
}

/**
 * Makes the roles that are missing and the memberships that the program needs, where the login may: another installation of the cluster may have
 * made them, or somebody with more rights, or a restored copy has lost them. Throws the driver's own errors.
 * @throws BotError `CONFIG_INVALID` when the login may not; the message says which statement helps.
 */
export async function mendProgramRoles(connection: Pick<ClientBase, 'query'>): Promise<void> {
	const found = await readLoginRights(connection);
	const help = helpNeeded(found);
	if (help !== null) {
		const message =
			'the login of DATABASE_URL lacks rights on the roles of the program; whoever has more, or the login that made them, runs:';
		throw new BotError('CONFIG_INVALID', `${message} ${help}`, { reason: 'roles' });
	}
	const missing = found.roles.filter(({ exists }) => !exists);
	// Roles belong to the whole cluster, so another database of it may be making and giving them in this very moment.
	for (const { name } of missing) await connection.query(unlessThere(`create role ${name} nologin noinherit`));
	for (const { name, isOpenToApp } of found.roles) {
		if (name !== app && name !== keeper && !isOpenToApp) await connection.query(unlessThere(`grant ${name} to ${app}`));
	}
	if (!found.isSuperuser && found.roles.some(({ name, isOpenToLogin }) => name === app && !isOpenToLogin))
		await connection.query(unlessThere(`execute format('grant ${app} to %I', session_user)`));
}

function isReady({ name, isOpenToLogin, isOpenToApp }: RoleStanding): boolean {
	return name === app || name === keeper ? isOpenToLogin : isOpenToApp;
}

function unlessThere(statement: string): string {
	return `do $mend$ begin ${statement}; exception when duplicate_object or unique_violation then null; end $mend$`;
}
