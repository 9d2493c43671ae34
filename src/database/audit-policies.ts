/** Whether an admin can read what others said: the policies that an audit entry opens are there, or they are not. */

import type { Pool } from 'pg';

/**
 * Reading alone: who audits changes nothing. Shown is what the person said, asked databases and thought of answers, and what was answered to them, not what others said beside.
 * What opens, and for how long, is decided by `ccb_audited_user`.
 */
const createPolicies = `
create policy participants_audit on conversation_participants for select to ccb_admin using (user_id = (select ccb_audited_user()));
create policy conversations_audit on conversations for select to ccb_admin using (exists (
	select from conversation_participants as participation
	where participation.conversation_id = conversations.id and participation.user_id = (select ccb_audited_user())
));
create policy messages_audit on messages for select to ccb_admin using (case
	when (select ccb_audited_user()) is null then false
	when role = 'user' then author_user_id = (select ccb_audited_user())
	else ccb_asked_by(in_reply_to, conversation_id) = (select ccb_audited_user())
end);
create policy feedback_audit on feedback for select to ccb_admin using (user_id = (select ccb_audited_user()));
create policy connector_queries_audit on connector_queries for select to ccb_admin using (asked_by = (select ccb_audited_user()))`;

const dropPolicies = `
drop policy if exists participants_audit on conversation_participants;
drop policy if exists conversations_audit on conversations;
drop policy if exists messages_audit on messages;
drop policy if exists feedback_audit on feedback;
drop policy if exists connector_queries_audit on connector_queries`;

const findPolicies = `
select count(*)::int as "present" from pg_policies
where schemaname = 'public' and policyname in ('participants_audit', 'conversations_audit', 'messages_audit', 'feedback_audit', 'connector_queries_audit')`;

const policyCount = 5;

/**
 * Creates or drops them, all or none, when that is not so already: it locks the tables for a moment. Needs the rights of their owner.
 * @returns whether something was changed. Throws the driver's own errors.
 */
export async function switchAudit(pool: Pool, isOn: boolean): Promise<boolean> {
	const { rows } = await pool.query<{ present: number }>(findPolicies);
	if (rows[0]?.present === (isOn ? policyCount : 0)) return false;
	// Several statements in one message are one transaction.
	await pool.query(isOn ? `${dropPolicies};${createPolicies}` : dropPolicies);
	return true;
}
