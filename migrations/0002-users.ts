/** Users, and the platform identities that they are known by. */

import { Migration } from '@mikro-orm/migrations';

const createTables = `
create table users (
	id uuid not null default gen_random_uuid() primary key,
	role text not null default 'ccb_employee' constraint users_role_check check (role in ('ccb_guest', 'ccb_employee', 'ccb_admin')),
	display_name text not null,
	locale text,
	created_at timestamptz not null default now(),
	deactivated_at timestamptz
);
create table identities (
	id uuid not null default gen_random_uuid() primary key,
	user_id uuid not null constraint identities_user_id_foreign references users (id) on delete cascade,
	platform text not null,
	tenant_id text not null,
	account_id text not null,
	display_name text not null,
	locale text,
	is_guest boolean not null default false,
	is_external boolean not null default false,
	refreshed_at timestamptz not null default now(),
	constraint identities_account_unique unique (platform, tenant_id, account_id)
);
create index identities_user_id_index on identities (user_id)`;

const allowOwnRows = `
alter table users enable row level security;
alter table users force row level security;
alter table identities enable row level security;
alter table identities force row level security;
create policy users_own on users for select to ccb_guest, ccb_employee, ccb_admin using (id = (select ccb_user_id()));
create policy users_change_own on users for update to ccb_employee, ccb_admin
	using (id = (select ccb_user_id())) with check (id = (select ccb_user_id()));
create policy identities_own on identities for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
grant select on users to ccb_guest, ccb_employee, ccb_admin;
grant update (display_name, locale) on users to ccb_employee, ccb_admin;
grant select on identities to ccb_employee, ccb_admin`;

/** Admins look people up. The program itself finds, creates and refreshes them, before it acts in anyone's name. */
const allowLookUp = `
create policy users_admin on users for select to ccb_admin using (true);
create policy identities_admin on identities for select to ccb_admin using (true);
create policy users_app on users to ccb_app using (true) with check (true);
create policy identities_app on identities to ccb_app using (true) with check (true);
grant select, insert, update on users, identities to ccb_app`;

export class Users extends Migration {
	override up(): void {
		for (const sql of [createTables, allowOwnRows, allowLookUp]) this.addSql(sql);
	}
}
