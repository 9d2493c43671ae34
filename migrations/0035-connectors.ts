/** Which of the connectors in the folder may be asked, by whose word, and what was asked of each. */

import { Migration } from '@mikro-orm/migrations';

/** Whatever is about a file names its revision: another revision was neither tested nor approved. */
const createConnectors = `
create table connectors (
	name text not null primary key,
	added_by uuid constraint connectors_added_by_foreign references users (id) on delete set null,
	added_at timestamptz not null default now(),
	tested_revision text,
	tested_at timestamptz,
	findings jsonb not null default '[]',
	accepted_by uuid constraint connectors_accepted_by_foreign references users (id) on delete set null,
	accepted_reason text,
	approved_revision text,
	approved_by uuid constraint connectors_approved_by_foreign references users (id) on delete set null,
	approved_at timestamptz,
	revoked_by uuid constraint connectors_revoked_by_foreign references users (id) on delete set null,
	revoked_at timestamptz,
	switched_off text[] not null default '{}',
	checked_at timestamptz
);
create index connectors_added_by_index on connectors (added_by);
create index connectors_accepted_by_index on connectors (accepted_by);
create index connectors_approved_by_index on connectors (approved_by);
create index connectors_revoked_by_index on connectors (revoked_by)`;

/** Administrators decide; the program looks what holds, and switches off what is not as the file says. */
const allowDeciding = `
create policy connectors_decide on connectors to ccb_admin using (true) with check (true);
create policy connectors_app on connectors to ccb_app using (true) with check (true);
grant select, insert (name, added_by) on connectors to ccb_admin;
grant update (
	tested_revision, tested_at, findings, accepted_by, accepted_reason, approved_revision, approved_by, approved_at, revoked_by, revoked_at, switched_off,
	checked_at
) on connectors to ccb_admin;
grant select, update (switched_off, checked_at) on connectors to ccb_app`;

/** No value of a result. The words of the question stay where they were said; the statement may repeat them, and is forgotten with them. */
const createQueries = `
create table connector_queries (
	id uuid not null default gen_random_uuid() primary key,
	asked_by uuid not null constraint connector_queries_asked_by_foreign references users (id) on delete cascade,
	asked_through uuid constraint connector_queries_asked_through_foreign references identities (id) on delete set null,
	asked_at timestamptz not null default now(),
	question_id uuid constraint connector_queries_question_id_foreign references messages (id) on delete cascade,
	place text not null,
	connector text not null,
	revision text not null,
	role text not null,
	named text,
	model text,
	sql text,
	decision text not null constraint connector_queries_decision_check check (decision in ('answered', 'clarified', 'refused', 'failed')),
	reason text,
	cost double precision,
	login text,
	row_count int,
	byte_count int,
	waited_ms int,
	ran_ms int,
	result_hash text
);
create index connector_queries_asked_by_index on connector_queries (asked_by, asked_at);
create index connector_queries_asked_through_index on connector_queries (asked_through);
create index connector_queries_question_id_index on connector_queries (question_id)`;

const closeTables = ['connectors', 'connector_queries'].map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_genuine on ${table} as restrictive
			using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()))`,
);

/** What was written down is not changed any more; whoever takes a question back takes the statement along. */
const allowAsking = `
create policy connector_queries_own on connector_queries for select to ccb_employee, ccb_admin using (asked_by = (select ccb_user_id()));
create policy connector_queries_ask on connector_queries for insert to ccb_employee, ccb_admin with check (asked_by = (select ccb_user_id()));
create policy connector_queries_forget on connector_queries for update to ccb_employee, ccb_admin
	using (asked_by = (select ccb_user_id())) with check (asked_by = (select ccb_user_id()) and sql is null);
grant select, insert, update (sql) on connector_queries to ccb_employee, ccb_admin`;

/** Whoever links accounts keeps what they asked. */
const followLinks = `
grant select (asked_through, asked_by), update (asked_by) on connector_queries to ccb_registrar;
create policy connector_queries_registrar on connector_queries to ccb_registrar using (true) with check (true)`;

export class Connectors extends Migration {
	override up(): void {
		for (const sql of [createConnectors, createQueries, ...closeTables, allowDeciding, allowAsking, followLinks]) this.addSql(sql);
	}
}
