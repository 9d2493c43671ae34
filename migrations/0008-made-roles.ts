/** The functions with which admins make and drop roles of the database: that takes a right which only the login has. */

import { Migration } from '@mikro-orm/migrations';

/** What is no plain name never becomes part of a statement, although the program has looked already. */
const isNoName = (name: string) => `coalesce(${name}, '') collate "C" !~ '^ccb_[a-z][a-z0-9_]{0,58}$'
	or ${name} in ('ccb_guest', 'ccb_employee', 'ccb_admin', 'ccb_app', 'ccb_registrar', 'ccb_keeper')`;

/** The functions run with the login's rights, where no policy looks at who asks. */
const demandProof = `if not ccb_private.is_genuine() or current_setting('role') <> 'ccb_admin' then
		raise exception 'only an admin makes and drops roles' using errcode = 'insufficient_privilege';
	end if;`;

/**
 * A made role inherits from employees and has nothing else. One of that name may be there already, since roles belong to the whole
 * cluster: it is taken over only if it looks as if it had been made here. From Postgres 16 on the login may grant what it created itself.
 */
const createRole = `
create function ccb_create_role(wanted text) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	taken pg_roles;
begin
	${demandProof}
	if ${isNoName('wanted')} then
		raise exception 'not a name for a role' using errcode = 'invalid_parameter_value';
	end if;
	begin
		if not exists (select from pg_roles where rolname = wanted) then
			execute format('create role %I nologin inherit', wanted);
		end if;
	exception when duplicate_object or unique_violation then
		null;
	end;
	select * into strict taken from pg_roles where rolname = wanted;
	if taken.rolsuper or taken.rolbypassrls or taken.rolcreaterole or taken.rolcreatedb or taken.rolreplication or taken.rolcanlogin
		or not taken.rolinherit
		or exists (select from pg_auth_members where member = taken.oid and (roleid <> 'ccb_employee'::regrole or admin_option))
		or exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = taken.oid and deptype in ('o', 'a'))
	then
		raise exception 'a database role of that name exists and is not like ours' using errcode = 'invalid_role_specification';
	end if;
	if not pg_has_role(wanted, 'ccb_employee', 'USAGE') then
		execute format('grant ccb_employee to %I', wanted);
	end if;
	if not pg_has_role('ccb_app', wanted, 'MEMBER') then
		execute format('grant %I to ccb_app', wanted);
	end if;
end
$$`;

/** Another database of the cluster may use the role too; it makes it again when it is next opened. */
const dropRole = `
create function ccb_drop_role(unwanted text) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	${demandProof}
	if ${isNoName('unwanted')} then
		raise exception 'not a role that can be dropped' using errcode = 'invalid_parameter_value';
	end if;
	execute format('drop role if exists %I', unwanted);
exception when dependent_objects_still_exist or insufficient_privilege then
	-- Somebody else's by now: without its row it means nothing here.
	null;
end
$$`;

const allowAdmins = `
revoke all on function ccb_create_role(text), ccb_drop_role(text) from public;
grant execute on function ccb_create_role(text), ccb_drop_role(text) to ccb_admin`;

export class MadeRoles extends Migration {
	override up(): void {
		for (const sql of [createRole, dropRole, allowAdmins]) this.addSql(sql);
	}
}
