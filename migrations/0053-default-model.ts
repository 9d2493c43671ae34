/** Which model answers where nobody chose another one, when administrators decided it: it goes before the settings. */

import { Migration } from '@mikro-orm/migrations';

/** One row, or none while the settings hold. */
const createDefault = `
create table default_models (
	is_only_row boolean primary key default true constraint default_models_is_only_row_check check (is_only_row),
	model text not null,
	chosen_by uuid constraint default_models_chosen_by_foreign references users (id) on delete set null,
	chosen_at timestamptz not null default now()
);
create index default_models_chosen_by_index on default_models (chosen_by);
alter table default_models enable row level security;
alter table default_models force row level security`;

/** The program reads it before each answer, and administrators alone decide. */
const allowAdministrators = `
create policy default_models_genuine on default_models as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy default_models_registrar on default_models for select to ccb_registrar using (true);
create policy default_models_admin on default_models to ccb_admin using (true) with check (chosen_by = (select ccb_user_id()));
grant select (model) on default_models to ccb_registrar;
grant select, insert, update, delete on default_models to ccb_admin`;

export class DefaultModels extends Migration {
	override up(): void {
		for (const sql of [createDefault, allowAdministrators]) this.addSql(sql);
	}
}
