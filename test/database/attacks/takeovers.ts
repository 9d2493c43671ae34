/** Attacks on the policies themselves: taking them away, getting around them, and pretending to be somebody else. */

import { type Attack, type Attacker, allBut, attack, type World } from './world.ts';

/** These give no rows even where they are obeyed, so they have to be refused. */
export const takeovers: Attack[] = [
	attack('switch the policies off', 'alter table messages disable row level security'),
	attack('spare the owner', 'alter table messages no force row level security'),
	attack('drop a policy', 'drop policy messages_read on messages'),
	attack('drop the demand for proof', 'drop policy messages_genuine on messages'),
	attack('make a policy', 'create policy mine on messages using (true)'),
	attack('let an admin audit', 'create policy messages_audit_too on messages for select to ccb_admin using (true)'),
	attack('replace who is asking', 'create or replace function ccb_user_id() returns uuid language sql return null::uuid'),
	attack('replace whom an entry opens', 'create or replace function ccb_audited_user() returns uuid language sql return null::uuid'),
	attack('replace the check of the proof', 'create or replace function ccb_private.is_genuine() returns boolean language sql return true'),
	attack('stand before the functions', 'create function public.now() returns timestamptz language sql return null::timestamptz'),
	attack('make a function', 'create function mine() returns int language sql security definer return 1'),
	attack('make a table', 'create table mine (id int)'),
	attack('make a temporary table', 'create temporary table users (id int)'),
	attack('make a view', 'create view mine as select * from messages'),
	attack('make a schema', 'create schema mine'),
	attack('make a trigger', 'create trigger mine after update on users for each row execute function ccb_keep_an_admin()'),
	attack('drop the rule of the last admin', 'drop trigger users_last_admin on users'),
	attack('empty a table', 'truncate messages'),
	attack('empty the log', 'truncate audit_log'),
	attack('drop a table', 'drop table audit_log'),
	attack('lock a table', 'lock table messages in access exclusive mode'),
	attack('become the owner of the database', 'set local role postgres'),
	attack('become the owner of the key', 'set local role ccb_keeper'),
	attack('grant a right', 'grant select on inbox to ccb_employee', undefined, allBut('program')),
	attack('grant a role', 'grant ccb_admin to ccb_employee'),
	attack('grant the program a role', 'grant ccb_keeper to ccb_app'),
	attack('make a role', 'create role ccb_mine'),
	attack('change a role', 'alter role ccb_employee bypassrls'),
	attack('drop a role', 'drop role ccb_employee'),
	attack('run a program', `copy (select 1) to program 'true'`),
	attack('read a file', `copy inbox from '/etc/passwd'`),
	attack('send two statements', 'select 1; reset role'),
	attack('make a role of the database', `select ccb_create_role('ccb_mine')`, undefined, allBut('admin')),
	attack('drop a role of the database', `select ccb_drop_role('ccb_sales')`, undefined, allBut('admin')),
	attack('give the right of an admin a made name', `select ccb_create_role('ccb_admin')`),
	attack('take the role of the program', `select ccb_create_role('ccb_app')`),
	attack('drop the role of the program', `select ccb_drop_role('ccb_app')`),
	attack('drop the role of employees', `select ccb_drop_role('ccb_employee')`),
	attack('make a role with a statement in its name', `select ccb_create_role('ccb_a; drop role ccb_app')`),
	attack('make a role without a name', 'select ccb_create_role(null)'),
	attack('ask whom an entry opens', 'select ccb_audited_user()', undefined, allBut('admin')),
	attack('ask for a password', 'select passwd from pg_shadow'),
];

/** The embedded database cannot refuse these as whole statements: its only session began as a superuser. */
export const loginTakeovers: Attack[] = [
	attack('become another login', 'set local session authorization ccb_keeper'),
	attack('become the superuser', 'set local session authorization postgres'),
];

/** What is tried within one transaction, and what is then asked in it: the answer must be what it would have been without. */
export interface Pretence {
	name: string;
	pretend: (world: World) => string;
	/** Everybody when not given. */
	by?: readonly Attacker[];
}

const victimsId = (world: World) => `set_config('ccb.user_id', '${world.victim.userId}', true)`;
const role = (name: string) => `set_config('role', '${name}', true)`;
const proof = (value: string) => `set_config('ccb.proof', '${value}', true)`;

export const pretences: Pretence[] = [
	{ name: 'the id of the victim', pretend: (world) => `select ${victimsId(world)}` },
	{ name: 'the id and the role of the victim', pretend: (world) => `select ${victimsId(world)}, ${role('ccb_employee')}` },
	{
		name: 'the id of an admin and that role',
		pretend: ({ admin }) => `select set_config('ccb.user_id', '${admin.userId}', true), ${role('ccb_admin')}`,
	},
	{
		name: 'an audit entry of an admin and that role',
		pretend: ({ auditEntry }) => `select set_config('ccb.audit_entry', '${auditEntry}', true), ${role('ccb_admin')}`,
		by: allBut('admin'),
	},
	{ name: 'no proof', pretend: (world) => `select ${victimsId(world)}, ${proof('')}` },
	{ name: 'a made-up proof', pretend: (world) => `select ${victimsId(world)}, ${proof('0'.repeat(96))}` },
	{
		name: 'the proof of an empty key',
		pretend: (world) =>
			`select ${victimsId(world)}, set_config('ccb.proof', encode(sha384(convert_to('ccb_employee ${world.victim.userId}', 'UTF8')), 'hex'), true)`,
	},
	{ name: 'the role of an admin', pretend: () => `select ${role('ccb_admin')}` },
	{ name: 'the role of the registrar', pretend: () => `select ${role('ccb_registrar')}` },
	{ name: 'the role of the program', pretend: () => `select ${role('ccb_app')}` },
	{ name: 'the login of the superuser', pretend: () => `select set_config('session_authorization', 'postgres', true)` },
	{
		name: 'the login of the superuser, by the view of the settings',
		pretend: () => `update pg_settings set setting = 'postgres' where name = 'session_authorization'`,
	},
	{ name: 'no role', pretend: (world) => `select ${role('none')}, ${victimsId(world)}` },
	{
		name: 'no role, and another search path',
		pretend: (world) => `select ${role('none')}, ${victimsId(world)}, set_config('search_path', 'pg_temp, public', true)`,
	},
	{ name: 'no row security', pretend: (world) => `select ${victimsId(world)}, set_config('row_security', 'off', true)` },
	{ name: 'the login itself, by a statement', pretend: () => 'reset role' },
	{ name: 'another role, by a statement', pretend: () => 'set local role ccb_admin' },
	{ name: 'another id, by a statement', pretend: ({ victim }) => `set local ccb.user_id = '${victim.userId}'` },
];

/** Pretending and asking in one statement, with a query inside it that is planned only when the role has changed. */
export const nestedPretences: Pretence[] = ['none', 'ccb_app', 'ccb_admin', 'ccb_registrar', 'ccb_employee'].flatMap((name) =>
	[
		'select content from messages',
		'select email from identities',
		'select key from ccb_private.proof_key',
		'select rolpassword from pg_authid',
	].map((inner) => ({
		name: `${inner} as ${name}`,
		pretend: (world: World) => `select x from (
			select ${victimsId(world)}, ${role(name)}, query_to_xml('${inner} where true', true, true, '')::text as x
		) as q where x like '%secret%' or x like '%@%' or x like '%<key>%' or x like '%<rolpassword>%'`,
	})),
);
