/** What people may do: roles that admins make, groups and tenants that give them, several accounts of one person, channels that people use. */

import { Migration } from '@mikro-orm/migrations';

/** A role is a role of the database too. `rank` decides between several that a person could have: the highest wins, the lowest is safe. */
const createRoles = `
create table roles (
	name text not null primary key constraint roles_name_check check (
		name collate "C" ~ '^ccb_[a-z][a-z0-9_]{0,58}$' and name not in ('ccb_app', 'ccb_registrar', 'ccb_keeper')
	),
	rank int not null constraint roles_rank_check check (rank between 0 and 1000),
	limits jsonb not null default '{}',
	created_at timestamptz not null default now()
);
insert into roles (name, rank) values ('ccb_guest', 0), ('ccb_employee', 100), ('ccb_admin', 1000);
create table role_mappings (
	platform text not null,
	tenant_id text not null,
	group_id text not null,
	role text not null constraint role_mappings_role_foreign references roles (name),
	primary key (platform, tenant_id, group_id)
);
create index role_mappings_role_index on role_mappings (role);
create table tenants (
	platform text not null,
	tenant_id text not null,
	guests_as text constraint tenants_guests_as_foreign references roles (name),
	strangers_as text constraint tenants_strangers_as_foreign references roles (name),
	email_domains text[] not null default '{}',
	primary key (platform, tenant_id),
	constraint tenants_admitted_role_check check (coalesce(guests_as, '') <> 'ccb_admin' and coalesce(strangers_as, '') <> 'ccb_admin')
);
create index tenants_guests_as_index on tenants (guests_as);
create index tenants_strangers_as_index on tenants (strangers_as)`;

/** Policies are forced on the owner of the tables too, who would find no row to change. */
const openToOwner = ['users', 'identities', 'messages'].map((table) => `alter table ${table} no force row level security`).join(';\n');

/**
 * A role without a value follows the platform's groups, or is the company's usual one. An account remembers whose it was before it was
 * linked. What a platform closes is the account; what is locked in `users` was locked by an admin.
 */
const changePeople = `
alter table users drop constraint users_role_check;
alter table users alter column role drop not null, alter column role drop default;
update users set role = null where role <> 'ccb_admin';
alter table users add constraint users_role_foreign foreign key (role) references roles (name);
create index users_role_index on users (role);
alter table users add column limits jsonb not null default '{}';
alter table identities add column home_user_id uuid constraint identities_home_user_id_foreign references users (id) on delete cascade;
update identities set home_user_id = user_id;
alter table identities alter column home_user_id set not null;
create index identities_home_user_id_index on identities (home_user_id);
alter table identities add column email text;
create index identities_email_index on identities (lower(email)) where email is not null;
alter table identities add column admitted_as text constraint identities_admitted_as_foreign references roles (name)
	constraint identities_admitted_as_check check (admitted_as <> 'ccb_admin');
create index identities_admitted_as_index on identities (admitted_as);
alter table identities add column is_deactivated boolean not null default false;
update identities i set is_deactivated = true from users u where u.id = i.user_id and u.deactivated_at is not null;
update users set deactivated_at = null where deactivated_at is not null`;

/** With which account somebody wrote a message, so that it can go back with that account when the link is undone. */
const nameAccounts = `
alter table messages add column author_identity_id uuid constraint messages_author_identity_id_foreign references identities (id) on delete set null;
create index messages_author_identity_id_index on messages (author_identity_id);
update messages m set author_identity_id = i.id from identities i where i.user_id = m.author_user_id;
create policy messages_account on messages as restrictive for insert to ccb_employee, ccb_admin with check (
	author_identity_id is null
	or exists (select from identities as account where account.id = author_identity_id and account.user_id = author_user_id)
);
grant insert (author_identity_id) on messages to ccb_employee, ccb_admin;
grant select (author_identity_id) on messages to ccb_registrar`;

const closeToOwner = openToOwner.replaceAll(' no force ', ' force ');

/** Codes are kept as hashes: whoever reads the table cannot use them. */
const createLinks = `
create table link_codes (
	code_hash text not null primary key,
	user_id uuid not null constraint link_codes_user_id_foreign references users (id) on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);
create index link_codes_user_id_index on link_codes (user_id);
create table link_attempts (
	user_id uuid not null primary key constraint link_attempts_user_id_foreign references users (id) on delete cascade,
	wrong int not null default 0,
	locked_until timestamptz
)`;

const createChannels = `
create table channels (
	id uuid not null primary key,
	platform text not null,
	tenant_id text not null,
	channel_id text not null,
	kind text not null constraint channels_kind_check check (kind in ('direct', 'group', 'channel')),
	created_at timestamptz not null default now(),
	constraint channels_place_unique unique (platform, tenant_id, channel_id)
);
create table channel_members (
	channel_id uuid not null constraint channel_members_channel_id_foreign references channels (id) on delete cascade,
	user_id uuid not null constraint channel_members_user_id_foreign references users (id) on delete cascade,
	seen_at timestamptz not null default now(),
	primary key (channel_id, user_id)
);
create index channel_members_user_id_index on channel_members (user_id)`;

const closeTables = ['roles', 'role_mappings', 'tenants', 'link_codes', 'link_attempts', 'channels', 'channel_members']
	.map((table) => `alter table ${table} enable row level security; alter table ${table} force row level security`)
	.join(';\n');

const allowRegistrar = `
create policy roles_registrar on roles for select to ccb_registrar using (true);
create policy role_mappings_registrar on role_mappings for select to ccb_registrar using (true);
create policy tenants_registrar on tenants for select to ccb_registrar using (true);
create policy link_codes_registrar on link_codes to ccb_registrar using (true) with check (true);
create policy link_attempts_registrar on link_attempts to ccb_registrar using (true) with check (true);
create policy channels_registrar on channels to ccb_registrar using (true) with check (true);
create policy channel_members_registrar on channel_members to ccb_registrar using (true) with check (true);
grant select on roles, role_mappings, tenants to ccb_registrar;
grant select, insert, update, delete on link_codes, link_attempts, channels, channel_members to ccb_registrar`;

const allowOwn = `
create policy roles_read on roles for select to ccb_guest, ccb_employee, ccb_admin using (true);
create policy channels_own on channels for select to ccb_employee, ccb_admin using (exists (
	select from channel_members as membership
	where membership.channel_id = channels.id and membership.user_id = (select ccb_user_id())
));
create policy channel_members_own on channel_members for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
grant select on roles to ccb_guest, ccb_employee, ccb_admin;
grant select on channels, channel_members to ccb_employee, ccb_admin`;

/** Admins see who there is, what they may do and which channels know the bot, but not with whom it talks in private. */
const allowAdmins = `
create policy roles_make on roles for insert to ccb_admin with check (true);
create policy roles_change on roles for update to ccb_admin using (true) with check (true);
create policy roles_drop on roles for delete to ccb_admin using (name not in ('ccb_guest', 'ccb_employee', 'ccb_admin'));
create policy role_mappings_admin on role_mappings to ccb_admin using (true) with check (true);
create policy tenants_admin on tenants to ccb_admin using (true) with check (true);
create policy channels_admin on channels for select to ccb_admin using (kind <> 'direct');
drop policy users_change_own on users;
revoke update (display_name, locale) on users from ccb_employee, ccb_admin;
create policy users_enter on users for insert to ccb_admin with check (true);
create policy users_administer on users for update to ccb_admin using (true) with check (true);
create policy identities_enter on identities for insert to ccb_admin with check (home_user_id = user_id);
create policy identities_administer on identities for update to ccb_admin using (true) with check (true);
grant insert (name, rank, limits), update (rank, limits), delete on roles to ccb_admin;
grant select, insert, update, delete on role_mappings, tenants to ccb_admin;
grant insert (id, role, display_name), update (role, limits, deactivated_at) on users to ccb_admin;
grant insert (id, user_id, home_user_id, platform, tenant_id, account_id, display_name, refreshed_at, admitted_as) on identities to ccb_admin;
grant update (admitted_as) on identities to ccb_admin`;

/** An account that an admin adds to somebody who is there already would open what that person said. A policy would not see the new user. */
const enterTogether = `
create function ccb_enter_together() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
	if not exists (select from users where id = new.user_id and created_at = now()) then
		raise exception 'an account is entered together with its user' using errcode = 'insufficient_privilege';
	end if;
	return null;
end
$$;
revoke all on function ccb_enter_together() from public;
create trigger identities_enter_together after insert on identities for each row
	when (current_user = 'ccb_admin') execute function ccb_enter_together()`;

/** Whoever locks all admins out locks everybody out. The lock makes two admins who remove each other at once do it one after the other. */
const keepAnAdmin = `
create function ccb_keep_an_admin() returns trigger language plpgsql set search_path = public, pg_catalog, pg_temp as $$
begin
	perform pg_advisory_xact_lock(6042011978);
	if not exists (select from users where role = 'ccb_admin' and deactivated_at is null) then
		raise exception 'the last admin must stay' using errcode = 'check_violation', constraint = 'users_last_admin';
	end if;
	return null;
end
$$;
revoke all on function ccb_keep_an_admin() from public;
create trigger users_last_admin after update of role, deactivated_at on users for each row
	when (old.role = 'ccb_admin' and old.deactivated_at is null and (new.role is distinct from old.role or new.deactivated_at is not null))
	execute function ccb_keep_an_admin()`;

export class People extends Migration {
	override up(): void {
		const people = [createRoles, openToOwner, changePeople, nameAccounts, closeToOwner];
		const rights = [closeTables, allowRegistrar, allowOwn, allowAdmins, enterTogether, keepAnAdmin];
		for (const sql of [...people, createLinks, createChannels, ...rights]) this.addSql(sql);
	}
}
