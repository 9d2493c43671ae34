/** Accounts with a password: its hash, the second factor, and the links by which one is chosen. */

import { Migration } from '@mikro-orm/migrations';

/** Without a password nobody gets in: it is chosen by a link. `second_step` is the last one whose code was taken. */
const createAccounts = `
create table local_accounts (
	identity_id uuid not null primary key constraint local_accounts_identity_id_foreign references web_accounts (identity_id) on delete cascade,
	password_hash text,
	second_secret text,
	second_pending text,
	second_step bigint not null default 0,
	recovery_hashes text[] not null default '{}',
	changed_at timestamptz not null default now()
);
create table password_links (
	secret_hash text not null primary key,
	identity_id uuid not null constraint password_links_identity_id_foreign references local_accounts (identity_id) on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index password_links_identity_id_index on password_links (identity_id)`;

const closeTable = (table: string) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_genuine on ${table} as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy ${table}_registrar on ${table} to ccb_registrar using (true) with check (true);
grant select, insert, update, delete on ${table} to ccb_registrar`;

export class LocalAccounts extends Migration {
	override up(): void {
		for (const sql of [createAccounts, ...['local_accounts', 'password_links'].map(closeTable)]) this.addSql(sql);
	}
}
