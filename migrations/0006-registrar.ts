/** The registrar: whom the program becomes to look people up and to let them into conversations. Under its own name it can do neither now. */

import { Migration } from '@mikro-orm/migrations';

/** Roles belong to the whole cluster, so another database of it may be creating it in this very moment. */
const createRegistrar = `
do $$
begin
	begin
		if not exists (select from pg_roles where rolname = 'ccb_registrar') then
			create role ccb_registrar nologin noinherit;
		end if;
	exception when duplicate_object or unique_violation then
		null;
	end;
	if exists (
		select from pg_roles
		where rolname = 'ccb_registrar' and (rolsuper or rolbypassrls or rolcreaterole or rolcanlogin or rolinherit)
	) then
		raise exception 'a role ccb_registrar exists already with more rights than it may have' using errcode = 'invalid_role_specification';
	end if;
	begin
		grant ccb_registrar to ccb_app;
	exception
		when duplicate_object or unique_violation then
			null;
		when insufficient_privilege then
			-- Somebody with more rights prepared the roles: then it is enough that the membership is there.
			if not pg_has_role('ccb_app', 'ccb_registrar', 'MEMBER') then
				raise;
			end if;
	end;
end
$$;
grant usage on schema public to ccb_registrar;
grant execute on function ccb_user_id() to ccb_registrar`;

const closeProgram = `
drop policy users_app on users;
drop policy identities_app on identities;
drop policy conversations_find on conversations;
drop policy conversations_create on conversations;
drop policy participants_add on conversation_participants;
revoke all on users, identities from ccb_app;
revoke select (id, key, created_by), insert (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by) on conversations from ccb_app;
revoke insert (conversation_id, user_id) on conversation_participants from ccb_app`;

/** Who there is and who takes part where; nothing of what was said. A message goes with the account that wrote it, so its author can change. */
const allowRegistrar = `
create policy users_registrar on users to ccb_registrar using (true) with check (true);
create policy identities_registrar on identities to ccb_registrar using (true) with check (true);
create policy conversations_registrar on conversations to ccb_registrar using (true) with check (true);
create policy participants_registrar on conversation_participants to ccb_registrar using (true) with check (true);
create policy messages_registrar on messages to ccb_registrar using (true) with check (true);
grant select, insert, update on users, identities to ccb_registrar;
grant select (id, key, platform, tenant_id, created_by) on conversations to ccb_registrar;
grant insert (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by), update (created_by) on conversations to ccb_registrar;
grant select, insert, delete on conversation_participants to ccb_registrar;
grant select (id, conversation_id, role, author_user_id), update (author_user_id) on messages to ccb_registrar`;

export class Registrar extends Migration {
	override up(): void {
		for (const sql of [createRegistrar, closeProgram, allowRegistrar]) this.addSql(sql);
	}
}
