/** What passages an answer had, cases to evaluate answers by that came of a bad rating, and which channels get a digest of what was asked in vain. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** Ids of `chunks`, the best first; empty where nothing was about the question, null where documents were not asked. */
const noteFound = `
alter table messages add column found jsonb;
grant update (found) on messages to ccb_employee, ccb_admin`;

/**
 * The words of question and answer stay where they are, and are read there by whoever may. \`asked_by\` tells whom an audit entry has to be about.
 */
const createCases = `
create table feedback_cases (
	number bigint generated always as identity primary key,
	answer_id uuid not null constraint feedback_cases_answer_id_foreign references messages (id) on delete cascade,
	rated_by uuid not null constraint feedback_cases_rated_by_foreign references users (id) on delete cascade,
	asked_by uuid not null constraint feedback_cases_asked_by_foreign references users (id) on delete cascade,
	state text not null default 'candidate' constraint feedback_cases_state_check check (state in ('candidate', 'accepted', 'rejected')),
	has_reason boolean not null default false,
	must_have jsonb not null default '[]',
	must_not_have jsonb not null default '[]',
	finds_nothing boolean not null default false,
	created_at timestamptz not null default now(),
	decided_by uuid constraint feedback_cases_decided_by_foreign references users (id) on delete set null,
	decided_at timestamptz,
	constraint feedback_cases_rating_unique unique (answer_id, rated_by)
);
create index feedback_cases_rated_by_index on feedback_cases (rated_by);
create index feedback_cases_asked_by_index on feedback_cases (asked_by);
create index feedback_cases_decided_by_index on feedback_cases (decided_by);
create table feedback_case_documents (
	case_number bigint not null constraint feedback_case_documents_case_number_foreign references feedback_cases (number) on delete cascade,
	placement_id uuid not null constraint feedback_case_documents_placement_id_foreign references document_placements (id) on delete cascade,
	primary key (case_number, placement_id)
);
create index feedback_case_documents_placement_id_index on feedback_case_documents (placement_id);
revoke all on sequence feedback_cases_number_seq from current_user`;

const closeTables = ['feedback_cases', 'feedback_case_documents'].map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_genuine on ${table} as restrictive
			using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()))`,
);

/** Whoever rated an answer badly that draws on something proposes it, and may change their mind until it is decided; whoever asked takes it back. */
const allowProposing = `
create policy feedback_cases_concern on feedback_cases for select to ccb_employee, ccb_admin
	using ((select ccb_user_id()) in (rated_by, asked_by));
create policy feedback_cases_propose on feedback_cases for insert to ccb_employee, ccb_admin with check (
	rated_by = (select ccb_user_id()) and state = 'candidate' and exists (
		select from messages as answer
		where answer.id = answer_id and answer.role = 'assistant' and answer.status <> 'deleted' and answer.sources <> '[]'
			and ccb_asked_by(answer.in_reply_to, answer.conversation_id) = asked_by
	)
);
create policy feedback_cases_take_back on feedback_cases for delete to ccb_employee, ccb_admin
	using (asked_by = (select ccb_user_id()) or rated_by = (select ccb_user_id()) and state = 'candidate');
create policy feedback_case_documents_concern on feedback_case_documents for select to ccb_employee, ccb_admin
	using (exists (select from feedback_cases as proposed where proposed.number = case_number));
create policy feedback_case_documents_propose on feedback_case_documents for insert to ccb_employee, ccb_admin with check (exists (
	select from feedback_cases as proposed
	where proposed.number = case_number and proposed.rated_by = (select ccb_user_id()) and proposed.state = 'candidate'
));
grant select (number, answer_id, rated_by, asked_by, state), insert (answer_id, rated_by, asked_by, has_reason), delete
	on feedback_cases to ccb_employee, ccb_admin;
grant select, insert on feedback_case_documents to ccb_employee, ccb_admin`;

/** A case tells administrators nothing of what was said: that they read with an entry of the audit log, where it lies. */
const allowDeciding = `
create policy feedback_cases_read on feedback_cases for select to ccb_admin using (true);
create policy feedback_cases_decide on feedback_cases for update to ccb_admin using (true) with check (true);
create policy feedback_case_documents_decide on feedback_case_documents to ccb_admin using (true) with check (true);
grant select, update (state, must_have, must_not_have, finds_nothing, decided_by, decided_at) on feedback_cases to ccb_admin;
grant delete on feedback_case_documents to ccb_admin`;

/** Whoever links accounts keeps what they asked. */
const followLinks = `
grant select (answer_id, asked_by), update (asked_by) on feedback_cases to ccb_registrar;
create policy feedback_cases_registrar on feedback_cases to ccb_registrar using (true) with check (true)`;

/** The last document that a case is about takes it along, whoever removes it. */
const createForgetting = `
create function ccb_private.forget_case() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	delete from public.feedback_cases where number = old.case_number
		and not exists (select from public.feedback_case_documents as other where other.case_number = old.case_number);
	return null;
end
$$;
revoke all on function ccb_private.forget_case() from public;
grant execute on function ccb_private.forget_case() to session_user`;

const forgetWithDocument = `
grant usage on schema public to ccb_keeper;
grant select, delete on feedback_cases to ccb_keeper;
grant select on feedback_case_documents to ccb_keeper;
create policy feedback_cases_keeper on feedback_cases to ccb_keeper using (true);
create policy feedback_case_documents_keeper on feedback_case_documents for select to ccb_keeper using (true);
create trigger feedback_case_documents_forget after delete on feedback_case_documents
	for each row execute function ccb_private.forget_case()`;

/** Where it is posted: in the channel, or to whoever switched it on; when it was begun last. Null for none. */
const createDigests = `
alter table channels
	add column digest text constraint channels_digest_check check (digest in ('here', 'private')),
	add column digest_place jsonb,
	add column digest_by uuid constraint channels_digest_by_foreign references users (id) on delete set null,
	add column digest_at timestamptz;
create index channels_digest_by_index on channels (digest_by);
grant update (digest, digest_place, digest_by) on channels to ccb_admin`;

export class Evaluation extends Migration {
	override up(): void {
		const cases = [createCases, ...closeTables, allowProposing, allowDeciding, followLinks];
		for (const sql of [noteFound, ...cases, joinKeeper, createForgetting, leaveKeeper, forgetWithDocument, createDigests]) this.addSql(sql);
	}
}
