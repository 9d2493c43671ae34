/** Documents of people: which there are, where each was shared, and the passages that answers cite. Who may read a place may read what lies there. */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/** Whom the program becomes to keep documents. Roles belong to the whole cluster, so another database of it may be creating it in this very moment. */
const createLibrarian = `
do $$
begin
	begin
		if not exists (select from pg_roles where rolname = 'ccb_librarian') then
			create role ccb_librarian nologin noinherit;
		end if;
	exception when duplicate_object or unique_violation then
		null;
	end;
	if exists (
		select from pg_roles
		where rolname = 'ccb_librarian' and (rolsuper or rolbypassrls or rolcreaterole or rolcanlogin or rolinherit)
	) then
		raise exception 'a role ccb_librarian exists already with more rights than it may have' using errcode = 'invalid_role_specification';
	end if;
	begin
		grant ccb_librarian to ccb_app;
	exception
		when duplicate_object or unique_violation then
			null;
		when insufficient_privilege then
			-- Somebody with more rights prepared the roles: then it is enough that the membership is there.
			if not pg_has_role('ccb_app', 'ccb_librarian', 'MEMBER') then
				raise;
			end if;
	end;
end
$$;
grant usage on schema public to ccb_librarian;
grant execute on function ccb_user_id() to ccb_librarian;
grant execute on procedure ccb_open(text, text, text) to ccb_librarian;
alter table roles drop constraint roles_name_check;
alter table roles add constraint roles_name_check check (
	name collate "C" ~ '^ccb_[a-z][a-z0-9_]{0,58}$' and name <> all (array['ccb_app', 'ccb_registrar', 'ccb_keeper', 'ccb_librarian'])
)`;

/** Of what an admin or a member decided for a place; null for what the settings say. */
const decideForChannels = `
alter table channels
	add column ingest text constraint channels_ingest_check check (ingest in ('on', 'off', 'ask')),
	add column knowledge text constraint channels_knowledge_check check (knowledge in ('only', 'prefer', 'off'))`;

/** One for each content, wherever it was shared. */
const createDocuments = `
create table documents (
	id uuid not null primary key,
	content_hash text not null constraint documents_content_hash_unique unique,
	size_bytes bigint not null,
	status text not null default 'received' constraint documents_status_check check (
		status in ('received', 'ready', 'rejected', 'quarantined', 'failed', 'leaving')
	),
	reason text,
	title text,
	language text,
	is_partial boolean not null default false,
	chunk_count int not null default 0,
	index_version int not null default 0,
	created_at timestamptz not null default now(),
	ready_at timestamptz
)`;

/** Where it can be read: in a channel (or a personal chat), or without one in the whole company. */
const createPlacements = `
create table document_placements (
	id uuid not null primary key,
	document_id uuid constraint document_placements_document_id_foreign references documents (id) on delete cascade,
	channel_id uuid constraint document_placements_channel_id_foreign references channels (id) on delete cascade,
	shared_by uuid constraint document_placements_shared_by_foreign references users (id) on delete set null,
	name text not null,
	file_id text,
	message_id text,
	place jsonb,
	attachment jsonb,
	url text,
	source text,
	source_path text,
	source_version text,
	status text not null default 'waiting' constraint document_placements_status_check check (
		status in ('asked', 'waiting', 'placed', 'refused', 'failed')
	),
	reason text,
	notice jsonb,
	dated_at timestamptz,
	shared_at timestamptz not null default now(),
	superseded_at timestamptz
);
create index document_placements_document_id_index on document_placements (document_id);
create index document_placements_channel_name_index on document_placements (channel_id, name);
create index document_placements_shared_by_index on document_placements (shared_by);
create index document_placements_file_id_index on document_placements (file_id);
create index document_placements_message_index on document_placements (channel_id, message_id);
create unique index document_placements_source_unique on document_placements (source, source_path) where superseded_at is null;
create table channel_readers (
	channel_id uuid not null constraint channel_readers_channel_id_foreign references channels (id) on delete cascade,
	user_id uuid not null constraint channel_readers_user_id_foreign references users (id) on delete cascade,
	verified_at timestamptz not null default now(),
	primary key (channel_id, user_id)
);
create index channel_readers_user_id_index on channel_readers (user_id)`;

/** \`content\` is what can be quoted; \`lexemes\` are of it and of its context, as \`src/knowledge/text\` makes them; \`length\` counts them. */
const createChunks = `
create table chunks (
	id bigint generated always as identity primary key,
	document_id uuid not null constraint chunks_document_id_foreign references documents (id) on delete cascade,
	position int not null,
	page int,
	context text not null,
	content text not null,
	language text,
	lexemes tsvector not null,
	length int not null,
	constraint chunks_document_id_position_unique unique (document_id, position)
);
revoke all on sequence chunks_id_seq from current_user`;

const closed = ['documents', 'document_placements', 'channel_readers', 'chunks'];
const closeTables = closed.map(
	(table) => `alter table ${table} enable row level security; alter table ${table} force row level security;
		create policy ${table}_genuine on ${table} as restrictive
			using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
		create policy ${table}_librarian on ${table} to ccb_librarian using (true) with check (true);
		grant select, insert, update, delete on ${table} to ccb_librarian`,
);

/**
 * What people may read is what they were seen to be able to read within the last minutes: the platform is asked before, each time. Half a minute
 * is for the asking itself.
 */
const allowReaders = `
create policy channel_readers_own on channel_readers for select to ccb_employee, ccb_admin using (user_id = (select ccb_user_id()));
create policy document_placements_read on document_placements for select to ccb_employee, ccb_admin using (
	channel_id is null
	or exists (
		select from channel_readers as reader
		where reader.channel_id = document_placements.channel_id and reader.user_id = (select ccb_user_id())
			and reader.verified_at > now() - interval '90 seconds'
	)
);
create policy documents_read on documents for select to ccb_employee, ccb_admin
	using (exists (select from document_placements as placement where placement.document_id = documents.id));
create policy chunks_read on chunks for select to ccb_employee, ccb_admin
	using (exists (select from document_placements as placement where placement.document_id = chunks.document_id));
grant references (id) on chunks to ccb_librarian;
grant select on channel_readers, documents, document_placements, chunks to ccb_employee, ccb_admin;
grant select (id, platform, tenant_id, channel_id, kind, ingest, knowledge), insert (id, platform, tenant_id, channel_id, kind),
	update (ingest, knowledge) on channels to ccb_librarian;
grant select (id, role, display_name, locale) on users to ccb_librarian;
create policy channels_librarian on channels to ccb_librarian using (true) with check (true);
create policy users_librarian on users for select to ccb_librarian using (true)`;

/** What follows from a document is left as a job, and a job ended, in the transaction that changes it. Whose it is, the librarian says. */
const openJobs = `
grant usage on schema ccb_jobs to ccb_librarian;
grant select on ccb_jobs.queue to ccb_librarian;
grant execute on function ccb_jobs.job_now() to ccb_librarian;
grant select (id, name, state, retry_count), insert, update (state, completed_on, output) on ccb_jobs.job_common to ccb_librarian;
create policy job_common_librarian on ccb_jobs.job_common for select to ccb_librarian using (true);
create policy job_common_librarian_new on ccb_jobs.job_common for insert to ccb_librarian with check (name = 'work' and state = 'created');
create policy job_common_librarian_end on ccb_jobs.job_common for update to ccb_librarian
	using (name = 'work' and state = 'active') with check (name = 'work' and state = 'completed')`;

/** In how many chunks each lexeme stands, and how many there are, so that a search can tell rare words from common ones. Owned by the librarian alone. */
const createCounts = `
create schema ccb_knowledge;
revoke all on schema ccb_knowledge from public;
grant usage, create on schema ccb_knowledge to ccb_librarian;
grant usage on schema ccb_knowledge to ccb_employee, ccb_admin;
set local role ccb_librarian;
create table ccb_knowledge.lexeme_counts (lexeme text collate "C" not null primary key, chunks int not null);
create table ccb_knowledge.totals (
	one boolean not null primary key default true constraint totals_one_check check (one),
	chunks bigint not null default 0,
	length bigint not null default 0
);
insert into ccb_knowledge.totals default values;
create table ccb_knowledge.vector_models (
	id smallint not null primary key,
	model text not null,
	digest text not null,
	prefix_version text not null,
	dimensions int not null,
	is_complete boolean not null default false,
	completed_at timestamptz,
	noise real,
	created_at timestamptz not null default now(),
	constraint vector_models_identity_unique unique (model, digest, prefix_version, dimensions)
);
create function ccb_knowledge.count_added() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
	insert into ccb_knowledge.lexeme_counts as known (lexeme, chunks)
		select word.lexeme, count(*) from added, unnest(added.lexemes) as word group by word.lexeme order by word.lexeme collate "C"
		on conflict (lexeme) do update set chunks = known.chunks + excluded.chunks;
	update ccb_knowledge.totals set chunks = totals.chunks + more.chunks, length = totals.length + more.length
		from (select count(*) as chunks, coalesce(sum(added.length), 0) as length from added) as more;
	return null;
end
$$;
create function ccb_knowledge.count_removed() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
	with fewer as (
		select word.lexeme, count(*) as chunks from removed, unnest(removed.lexemes) as word group by word.lexeme
	), held as (
		select known.lexeme from ccb_knowledge.lexeme_counts as known join fewer using (lexeme) order by known.lexeme for update of known
	)
	update ccb_knowledge.lexeme_counts as known set chunks = known.chunks - fewer.chunks
		from fewer join held using (lexeme) where known.lexeme = fewer.lexeme;
	update ccb_knowledge.totals set chunks = totals.chunks - less.chunks, length = totals.length - less.length
		from (select count(*) as chunks, coalesce(sum(removed.length), 0) as length from removed) as less;
	return null;
end
$$;
reset role`;

const countChunks = `
create trigger chunks_count_added after insert on chunks referencing new table as added
	for each statement execute function ccb_knowledge.count_added();
create trigger chunks_count_removed after delete on chunks referencing old table as removed
	for each statement execute function ccb_knowledge.count_removed()`;

/**
 * What questions are looked for in. Where a policy guards the rows no index of words is used, since `@@` might tell something of rows that the policy
 * hides. So the words lie once more where nobody but one function reads them, which asks for the proof as the policies do.
 */
const createWordIndex = `
create table ccb_private.chunk_words (
	chunk_id bigint not null primary key,
	document_id uuid not null,
	lexemes tsvector not null,
	length int not null
);
create index chunk_words_lexemes_index on ccb_private.chunk_words using gin (lexemes);
create function ccb_private.chunks_with(telling tsquery) returns table (chunk_id bigint, document_id uuid, lexemes tsvector, length int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
begin
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	return query select word.chunk_id, word.document_id, word.lexemes, word.length from ccb_private.chunk_words as word where word.lexemes @@ telling;
end
$$;
create function ccb_private.keep_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	insert into ccb_private.chunk_words select id, document_id, lexemes, length from added;
	return null;
end
$$;
create function ccb_private.forget_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	delete from ccb_private.chunk_words using removed where chunk_words.chunk_id = removed.id;
	return null;
end
$$;
revoke all on function ccb_private.chunks_with(tsquery), ccb_private.keep_words(), ccb_private.forget_words() from public;
grant execute on function ccb_private.chunks_with(tsquery) to ccb_librarian;
grant execute on function ccb_private.keep_words(), ccb_private.forget_words() to session_user`;

const indexWords = `
create trigger chunks_keep_words after insert on chunks referencing new table as added
	for each statement execute function ccb_private.keep_words();
create trigger chunks_forget_words after delete on chunks referencing old table as removed
	for each statement execute function ccb_private.forget_words()`;

export class Knowledge extends Migration {
	override up(): void {
		const steps = [createLibrarian, decideForChannels, createDocuments, createPlacements, createChunks, openJobs];
		for (const sql of [
			...steps,
			...closeTables,
			allowReaders,
			createCounts,
			countChunks,
			joinKeeper,
			createWordIndex,
			leaveKeeper,
			indexWords,
		])
			this.addSql(sql);
	}
}
