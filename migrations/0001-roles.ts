/** The database roles that row-level security knows, and what everybody loses. */

import { Migration } from '@mikro-orm/migrations';

/** Roles belong to the whole cluster, so another database of it may be creating them in this very moment. */
const createRoles = `
do $$
declare
	wanted text;
begin
	foreach wanted in array array['ccb_guest', 'ccb_employee', 'ccb_admin', 'ccb_app'] loop
		begin
			if not exists (select from pg_roles where rolname = wanted) then
				execute format('create role %I nologin noinherit', wanted);
			end if;
		exception when duplicate_object or unique_violation then
			null;
		end;
	end loop;
	if exists (
		select from pg_roles
		where rolname in ('ccb_guest', 'ccb_employee', 'ccb_admin', 'ccb_app')
			and (rolsuper or rolbypassrls or rolcreaterole or (rolinherit and rolname = 'ccb_app'))
	) then
		raise exception 'a ccb_ role exists already with more rights than it may have' using errcode = 'invalid_role_specification';
	end if;
end
$$`;

/** The program works as ccb_app and becomes one of the others for a single transaction. It inherits none of their rights. */
const createMemberships = `
do $$
declare
	pair record;
begin
	for pair in
		select 'ccb_guest' as granted, 'ccb_app' as member
		union all select 'ccb_employee', 'ccb_app'
		union all select 'ccb_admin', 'ccb_app'
		union all select 'ccb_app', current_user::text from pg_roles where rolname = current_user and not rolsuper
	loop
		begin
			execute format('grant %I to %I', pair.granted, pair.member);
		exception
			when duplicate_object or unique_violation then
				null;
			when insufficient_privilege then
				-- Somebody with more rights prepared the roles: then it is enough that the membership is there.
				if not pg_has_role(pair.member, pair.granted, 'MEMBER') then
					raise;
				end if;
		end;
	end loop;
end
$$`;

const revokePublic = `
do $$
begin
	execute format('revoke temporary on database %I from public', current_database());
end
$$;
revoke all on schema public from public;
grant usage on schema public to ccb_app, ccb_guest, ccb_employee, ccb_admin`;

/** Who is asking, as the transaction says; null when it does not say, and null equals nobody. */
const createUserId = `
create function ccb_user_id() returns uuid language sql stable parallel safe
return nullif(current_setting('ccb.user_id', true), '')::uuid;
revoke all on function ccb_user_id() from public;
grant execute on function ccb_user_id() to ccb_guest, ccb_employee, ccb_admin`;

export class Roles extends Migration {
	override up(): void {
		for (const sql of [createRoles, createMemberships, revokePublic, createUserId]) this.addSql(sql);
	}
}
