/** Accounts that no chat platform knows: what the provider that vouches for them said of them last. */

import { Migration } from '@mikro-orm/migrations';

/** Entered before the identity: its id follows from the account. */
const createAccounts = `
create table web_accounts (
	identity_id uuid not null primary key,
	tenant_id text not null,
	account_id text not null,
	display_name text not null,
	locale text,
	groups text[] not null default '{}',
	told_at timestamptz not null default now(),
	constraint web_accounts_tenant_id_account_id_unique unique (tenant_id, account_id)
);
alter table web_accounts enable row level security;
alter table web_accounts force row level security;
create policy web_accounts_genuine on web_accounts as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy web_accounts_registrar on web_accounts to ccb_registrar using (true) with check (true);
grant select, insert, update, delete on web_accounts to ccb_registrar`;

export class WebAccounts extends Migration {
	override up(): void {
		this.addSql(createAccounts);
	}
}
