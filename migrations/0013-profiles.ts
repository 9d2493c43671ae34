/** What a platform tells of an account unasked takes away and gives nothing: when it told last, also of accounts that were never met. */

import { Migration } from '@mikro-orm/migrations';

const noteTelling = 'alter table identities add column told_at timestamptz';

/** Ids alone, for minutes: nobody becomes known by being shut out. */
const createUnmet = `
create table unmet_accounts (
	identity_id uuid not null primary key,
	told_at timestamptz not null default now()
);
create index unmet_accounts_told_at_index on unmet_accounts (told_at);
alter table unmet_accounts enable row level security;
alter table unmet_accounts force row level security;
create policy unmet_accounts_registrar on unmet_accounts to ccb_registrar using (true) with check (true);
create policy unmet_accounts_genuine on unmet_accounts as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
grant select, insert, update, delete on unmet_accounts to ccb_registrar`;

export class Profiles extends Migration {
	override up(): void {
		for (const sql of [noteTelling, createUnmet]) this.addSql(sql);
	}
}
