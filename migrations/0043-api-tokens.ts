/** Tokens that people give to programs, so that these ask in their name. */

import { Migration } from '@mikro-orm/migrations';

/** Secrets are kept as hashes: whoever reads the table cannot use them. */
const createTokens = `
create table api_tokens (
	id uuid not null default gen_random_uuid() primary key,
	identity_id uuid not null constraint api_tokens_identity_id_foreign references identities (id) on delete cascade,
	secret_hash text not null constraint api_tokens_secret_hash_unique unique,
	hint text not null,
	name text not null,
	scopes text[] not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	last_used_at timestamptz
);
create index api_tokens_identity_id_index on api_tokens (identity_id)`;

const closeTokens = `
alter table api_tokens enable row level security;
alter table api_tokens force row level security;
create policy api_tokens_genuine on api_tokens as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy api_tokens_registrar on api_tokens to ccb_registrar using (true) with check (true);
grant select, insert, update, delete on api_tokens to ccb_registrar`;

export class ApiTokens extends Migration {
	override up(): void {
		for (const sql of [createTokens, closeTokens]) this.addSql(sql);
	}
}
