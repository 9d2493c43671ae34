/** The audit log: what was done to people and rights, and who read what others said. Nobody changes or removes an entry. */

import { Migration } from '@mikro-orm/migrations';

const createLog = `
create table audit_log (
	sequence bigint generated always as identity primary key,
	at timestamptz not null default now(),
	actor text not null constraint audit_log_actor_check check (actor in ('person', 'console', 'program')),
	actor_user_id uuid,
	action text not null,
	outcome text not null constraint audit_log_outcome_check check (outcome in ('done', 'refused')),
	subject_user_id uuid,
	details jsonb not null default '{}',
	transaction_id xid8 not null default pg_current_xact_id(),
	constraint audit_log_person_check check ((actor = 'person') = (actor_user_id is not null))
);
create index audit_log_subject_user_id_index on audit_log (subject_user_id);
alter table audit_log enable row level security;
alter table audit_log force row level security`;

/** Who works at the console of the program is no user: for that an admin's transaction has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Everybody writes under their own name alone, and at the time and in the transaction that the database says. */
const allowNotes = `
create policy audit_log_person on audit_log for insert to ccb_employee, ccb_admin
	with check (actor = 'person' and actor_user_id = (select ccb_user_id()));
create policy audit_log_console on audit_log for insert to ccb_admin
	with check (actor = 'console' and (select ccb_user_id()) = '${nobody}');
create policy audit_log_program on audit_log for insert to ccb_registrar with check (actor = 'program');
create policy audit_log_read on audit_log for select to ccb_admin using (true);
grant insert (actor, actor_user_id, action, outcome, subject_user_id, details) on audit_log to ccb_employee, ccb_admin, ccb_registrar;
grant select on audit_log to ccb_admin`;

/**
 * Whose conversations the audit entry opens that the transaction names: to the admin who wrote it, for ten minutes, and not in the
 * transaction that wrote it, so that nobody reads and then takes the entry back. Which policies ask it is decided at each start.
 */
const createAuditReading = `
create function ccb_audited_user() returns uuid language sql stable set search_path = public, pg_catalog, pg_temp as $$
	select subject_user_id from audit_log
	where sequence = nullif(current_setting('ccb.audit_entry', true), '')::bigint
		and actor_user_id = ccb_user_id() and action = 'audit' and outcome = 'done' and at > now() - interval '10 minutes'
		and transaction_id is distinct from pg_current_xact_id_if_assigned()
$$;
revoke all on function ccb_audited_user() from public;
grant execute on function ccb_audited_user() to ccb_admin`;

export class Audit extends Migration {
	override up(): void {
		for (const sql of [createLog, allowNotes, createAuditReading]) this.addSql(sql);
	}
}
