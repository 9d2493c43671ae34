/** Conversations, their messages and the feedback on them: readable by participants alone. */

import { Migration } from '@mikro-orm/migrations';

const createConversations = `
create table conversations (
	id uuid not null default gen_random_uuid() primary key,
	key text not null constraint conversations_key_unique unique,
	platform text not null,
	tenant_id text not null,
	channel_id text not null,
	thread_id text not null,
	kind text not null constraint conversations_kind_check check (kind in ('direct', 'group', 'channel')),
	title text,
	summary text,
	summary_through bigint,
	memory_from bigint,
	created_by uuid constraint conversations_created_by_foreign references users (id) on delete set null,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);
create index conversations_created_by_index on conversations (created_by);
create table conversation_participants (
	conversation_id uuid not null
		constraint conversation_participants_conversation_id_foreign references conversations (id) on delete cascade,
	user_id uuid not null constraint conversation_participants_user_id_foreign references users (id) on delete cascade,
	primary key (conversation_id, user_id)
);
create index conversation_participants_user_id_index on conversation_participants (user_id)`;

const createMessages = `
create table messages (
	id uuid not null default gen_random_uuid() primary key,
	sequence bigint generated always as identity,
	conversation_id uuid not null constraint messages_conversation_id_foreign references conversations (id) on delete cascade,
	role text not null constraint messages_role_check check (role in ('user', 'assistant')),
	author_user_id uuid constraint messages_author_user_id_foreign references users (id) on delete set null,
	platform_message_id text,
	in_reply_to uuid constraint messages_in_reply_to_foreign references messages (id) on delete cascade,
	content text not null default '',
	status text not null constraint messages_status_check check (
		status in ('received', 'generating', 'delivering', 'answered', 'stopped', 'failed', 'refused', 'interrupted', 'deleted')
	),
	attachments jsonb not null default '[]',
	model text,
	host text,
	prompt_tokens int,
	output_tokens int,
	error_code text,
	finish_reason text,
	received_at timestamptz,
	sign_at timestamptz,
	first_token_at timestamptz,
	first_text_at timestamptz,
	last_token_at timestamptz,
	final_text_at timestamptz,
	created_at timestamptz not null default now(),
	edited_at timestamptz,
	deleted_at timestamptz
);
create index messages_conversation_id_sequence_index on messages (conversation_id, sequence);
create index messages_in_reply_to_index on messages (in_reply_to);
create index messages_author_user_id_index on messages (author_user_id);
create unique index messages_platform_message_unique on messages (conversation_id, platform_message_id) where role = 'user';
create table feedback (
	message_id uuid not null constraint feedback_message_id_foreign references messages (id) on delete cascade,
	user_id uuid not null constraint feedback_user_id_foreign references users (id) on delete cascade,
	rating smallint not null constraint feedback_rating_check check (abs(rating) = 1),
	updated_at timestamptz not null default now(),
	primary key (message_id, user_id)
);
create index feedback_user_id_index on feedback (user_id)`;

const closeTables = ['conversations', 'conversation_participants', 'messages', 'feedback']
	.map((table) => `alter table ${table} enable row level security; alter table ${table} force row level security`)
	.join(';\n');

/** True for a row whose conversation the asking user takes part in. A user sees only their own participations, so this needs no more. */
function isParticipant(conversationId: string): string {
	return `exists (
		select from conversation_participants as participation
		where participation.conversation_id = ${conversationId} and participation.user_id = (select ccb_user_id())
	)`;
}

const allowParticipants = `
create policy participants_own on conversation_participants for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
create policy conversations_read on conversations for select to ccb_employee, ccb_admin using (${isParticipant('conversations.id')});
create policy conversations_change on conversations for update to ccb_employee, ccb_admin
	using (${isParticipant('conversations.id')}) with check (${isParticipant('conversations.id')});
create policy messages_read on messages for select to ccb_employee, ccb_admin using (${isParticipant('messages.conversation_id')});
create policy messages_write on messages for insert to ccb_employee, ccb_admin with check (
	${isParticipant('messages.conversation_id')}
	and case role when 'user' then author_user_id = (select ccb_user_id()) else author_user_id is null end
);
create policy messages_change on messages for update to ccb_employee, ccb_admin
	using (${isParticipant('messages.conversation_id')}) with check (${isParticipant('messages.conversation_id')});
create policy feedback_own on feedback to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()))
	with check (user_id = (select ccb_user_id()) and exists (select from messages where messages.id = feedback.message_id))`;

/** What never changes has no right to be changed: whose message it is, where it was said, what it answers. */
const grantParticipants = `
grant select on conversations, conversation_participants, messages, feedback to ccb_employee, ccb_admin;
grant update (title, summary, summary_through, memory_from, updated_at) on conversations to ccb_employee, ccb_admin;
grant insert on messages to ccb_employee, ccb_admin;
grant update (
	content, status, attachments, model, host, prompt_tokens, output_tokens, error_code, finish_reason, received_at, sign_at,
	first_token_at, first_text_at, last_token_at, final_text_at, edited_at, deleted_at
) on messages to ccb_employee, ccb_admin;
grant insert, delete on feedback to ccb_employee, ccb_admin;
grant update (rating, updated_at) on feedback to ccb_employee, ccb_admin`;

/** The program finds or creates a conversation and lets a user in before it acts in that user's name. It reads nothing that was said. */
const allowFinding = `
create policy conversations_find on conversations for select to ccb_app using (true);
create policy conversations_create on conversations for insert to ccb_app with check (true);
create policy participants_add on conversation_participants for insert to ccb_app with check (true);
grant select (id, key, created_by) on conversations to ccb_app;
grant insert (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by) on conversations to ccb_app;
grant insert (conversation_id, user_id) on conversation_participants to ccb_app`;

export class Conversations extends Migration {
	override up(): void {
		for (const sql of [createConversations, createMessages, closeTables, allowParticipants, grantParticipants, allowFinding])
			this.addSql(sql);
	}
}
