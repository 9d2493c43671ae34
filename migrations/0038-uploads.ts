/**
 * What is kept for a day of what people do on the web: the files that they give before they ask about them, what the bot told them alone, and which
 * questions were being answered when they removed their conversation.
 */

import { Migration } from '@mikro-orm/migrations';

const createUploads = `
create table uploads (
	id uuid not null default gen_random_uuid() primary key,
	user_id uuid not null constraint uploads_user_id_foreign references users (id) on delete cascade,
	name text not null,
	media_type text not null,
	size_bytes int not null,
	content_hash text not null,
	created_at timestamptz not null default now()
);
create index uploads_user_id_index on uploads (user_id);
create index uploads_created_at_index on uploads (created_at)`;

/** A notice may be about a conversation that never came to be: its first question was refused. */
const createNotices = `
create table web_notices (
	id uuid not null primary key,
	user_id uuid not null constraint web_notices_user_id_foreign references users (id) on delete cascade,
	conversation_id uuid not null,
	notice jsonb not null,
	created_at timestamptz not null default now()
);
create index web_notices_user_id_conversation_id_index on web_notices (user_id, conversation_id);
create index web_notices_created_at_index on web_notices (created_at)`;

/** By the id that its row would have. */
const createRemovedQuestions = `
create table removed_questions (
	id uuid not null primary key,
	user_id uuid not null constraint removed_questions_user_id_foreign references users (id) on delete cascade,
	removed_at timestamptz not null default now()
);
create index removed_questions_user_id_index on removed_questions (user_id);
create index removed_questions_removed_at_index on removed_questions (removed_at)`;

/** People see their own; what the bot tells them, and lets into conversations, it does as the registrar. */
const closeToRegistrar = ['web_notices', 'removed_questions'].map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_genuine on ${table} as restrictive
			using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
		create policy ${table}_own on ${table} for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
		create policy ${table}_registrar on ${table} to ccb_registrar using (true) with check (true);
		grant select on ${table} to ccb_employee, ccb_admin;
		grant select, insert, delete on ${table} to ccb_registrar`,
);

/** People have their own; the librarian, who keeps their bytes, has all. */
const closeUploads = `
alter table uploads enable row level security;
alter table uploads force row level security;
create policy uploads_genuine on uploads as restrictive using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy uploads_own on uploads to ccb_employee, ccb_admin
	using (user_id = (select ccb_user_id())) with check (user_id = (select ccb_user_id()));
create policy uploads_librarian on uploads to ccb_librarian using (true) with check (true);
grant select, insert on uploads to ccb_employee, ccb_admin;
grant select, delete on uploads to ccb_librarian`;

export class KeptForADay extends Migration {
	override up(): void {
		for (const sql of [createUploads, closeUploads, createNotices, createRemovedQuestions, ...closeToRegistrar]) this.addSql(sql);
	}
}
