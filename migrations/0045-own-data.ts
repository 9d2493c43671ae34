/** What people decide about all that is held of them: confirmed once, by themselves and in time; and what it takes to export and erase it. */

import { Migration } from '@mikro-orm/migrations';

const createConfirmations = `
create table confirmations (
	id uuid not null default gen_random_uuid() primary key,
	user_id uuid not null constraint confirmations_user_id_foreign references users (id) on delete cascade,
	action text not null constraint confirmations_action_check check (action in ('erase-person')),
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);
create index confirmations_user_id_index on confirmations (user_id);
alter table confirmations enable row level security;
alter table confirmations force row level security;
create policy confirmations_genuine on confirmations as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy confirmations_registrar on confirmations to ccb_registrar using (true) with check (true);
grant select, insert, delete on confirmations to ccb_registrar;
create policy confirmations_own on confirmations for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
create policy confirmations_use on confirmations for update to ccb_employee, ccb_admin
	using (user_id = (select ccb_user_id())) with check (user_id = (select ccb_user_id()));
grant select, update (used_at) on confirmations to ccb_employee, ccb_admin`;

/** The registrar finds where somebody took part, and lets go of what is known of them; of what was said it still reads nothing. */
const letGo = `
grant select (channel_id, thread_id) on conversations to ccb_registrar;
grant update (author_name) on messages to ccb_registrar;
grant select (rated_by), delete on feedback_cases to ccb_registrar;
grant update (sql, reason, named) on connector_queries to ccb_registrar;
grant select (at, actor, action, outcome, actor_user_id, subject_user_id) on audit_log to ccb_registrar;
create policy audit_log_registrar on audit_log for select to ccb_registrar using (true)`;

export class OwnData extends Migration {
	override up(): void {
		for (const sql of [createConfirmations, letGo]) this.addSql(sql);
	}
}
