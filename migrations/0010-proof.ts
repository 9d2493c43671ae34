/**
 * In whose name a transaction reads is said by two settings of it, and any statement could change them. So the program signs what it sets:
 * rows are shown only while role and user are the ones that it signed.
 */

import { Migration } from '@mikro-orm/migrations';

/**
 * The key has an owner of its own. The login is the program's session user: a statement that got in could become it again with a function
 * call, but the login is a member of the keeper only where the key is read, at the start.
 */
const createKeeper = `
do $$
begin
	begin
		if not exists (select from pg_roles where rolname = 'ccb_keeper') then
			create role ccb_keeper nologin noinherit;
		end if;
	exception when duplicate_object or unique_violation then
		null;
	end;
	if exists (
		select from pg_roles where rolname = 'ccb_keeper' and (rolsuper or rolbypassrls or rolcreaterole or rolcanlogin or rolinherit)
	) then
		raise exception 'a role ccb_keeper exists already with more rights than it may have' using errcode = 'invalid_role_specification';
	end if;
end
$$`;

/** A membership that was there before is left alone: somebody with more rights may have prepared it. */
const joinKeeper = `
do $$
begin
	set local role ccb_keeper;
	reset role;
exception when insufficient_privilege then
	execute format('grant ccb_keeper to %I', current_user);
	set local ccb.joined = 'yes';
end
$$`;

const leaveKeeper = `
do $$
begin
	if current_setting('ccb.joined', true) = 'yes' then
		execute format('revoke ccb_keeper from %I', current_user);
	end if;
end
$$`;

const createKey = `
create schema ccb_private authorization ccb_keeper;
set local role ccb_keeper;
create table ccb_private.proof_key (key bytea not null);
insert into ccb_private.proof_key values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))`;

/** SHA-384 is cut off, so nobody can make the value of a longer text from that of a shorter one, as they could with SHA-256. PL/pgSQL, because it keeps the plan. */
const createCheck = `
create function ccb_private.is_genuine() returns boolean language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp as $$
begin
	return exists (
		select from ccb_private.proof_key
		where current_setting('ccb.proof', true) = encode(
			sha384(key || convert_to(current_setting('role') || ' ' || coalesce(current_setting('ccb.user_id', true), ''), 'UTF8')), 'hex'
		)
	);
end
$$;
grant usage on schema ccb_private to public;
reset role`;

/** The program's own books have held no policies: what somebody said lies in the inbox until it is answered. */
const books = ['inbox', 'reply_parts', 'adapter_state'];
const closeBooks = books.map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_program on ${table} to ccb_app using (true) with check (true)`,
);

const tables = [
	...['users', 'identities', 'roles', 'role_mappings', 'tenants', 'link_codes', 'link_attempts', 'channels', 'channel_members'],
	...['conversations', 'conversation_participants', 'messages', 'feedback', 'audit_log', ...books],
];
/** Restrictive: beside whatever else a table's policies ask. */
const demandProof = tables.map(
	(table) => `create policy ${table}_genuine on ${table} as restrictive
		using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()))`,
);

export class Proof extends Migration {
	override up(): void {
		for (const sql of [createKeeper, joinKeeper, createKey, createCheck, leaveKeeper, ...closeBooks, ...demandProof]) this.addSql(sql);
	}
}
