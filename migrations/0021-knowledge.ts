/** Documents of people: which there are, where each was shared, and the passages that answers cite. Who may read a place may read what lies there. */

import { Migration } from '@mikro-orm/migrations';

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
		status in ('received', 'ready', 'rejected', 'quarantined', 'failed')
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
create index document_placements_channel_id_index on document_placements (channel_id);
create index document_placements_shared_by_index on document_placements (shared_by);
create index document_placements_file_id_index on document_placements (file_id);
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
create index chunks_lexemes_index on chunks using gin (lexemes);
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
grant select (id, platform, tenant_id, channel_id, kind, ingest, knowledge), update (ingest, knowledge) on channels to ccb_librarian;
grant select (id, role, display_name, locale) on users to ccb_librarian;
create policy channels_librarian on channels to ccb_librarian using (true) with check (true);
create policy users_librarian on users for select to ccb_librarian using (true)`;

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
 * The documents that the asker may read and that the reader of the answer may see: of these channels, as far as the asker was let in there within the
 * last minutes, and of the whole company where that is wanted. Older versions are left out.
 */
const createReadable = `
set local role ccb_librarian;
create function ccb_knowledge.readable(channel_ids uuid[], with_company boolean) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select distinct placement.document_id from public.document_placements as placement
		join public.documents as document on document.id = placement.document_id and document.status = 'ready'
	where placement.superseded_at is null
		and case when placement.channel_id is null then with_company else placement.channel_id = any(channel_ids) and exists (
			select from public.channel_readers as reader
			where reader.channel_id = placement.channel_id and reader.user_id = public.ccb_user_id()
				and reader.verified_at > now() - interval '90 seconds'
		) end
$$;
reset role`;

/**
 * BM25 (k1 1.2, b 0.75) over the lexemes of a question, of which several can stand for one of its words. It runs with the librarian's rights, since
 * under a policy the index of a text search cannot be used, and keeps to what the asker may read. How often a lexeme stands in a chunk is computed
 * back from \`ts_rank\`, whose value for one lexeme is a sum over 1/n²: far cheaper than taking the vector apart. Chunks are looked for by lexemes that
 * few have; all of them count. \`coverage\` is the share of the question's words, weighed by their rarity, that stand in the chunk.
 */
const createWordSearch = `
set local role ccb_librarian;
create function ccb_knowledge.search_words(lexemes text[], words int[], channel_ids uuid[], with_company boolean, wanted int)
returns table (chunk_id bigint, score real, coverage real)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
	total bigint;
	mean real;
	telling tsquery;
	terms text[];
	term_idf real[];
	term_word int[];
	whole real;
begin
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	select chunks, length / greatest(chunks, 1)::real into total, mean from ccb_knowledge.totals;
	with asked as (
		select distinct on (given.lexeme) given.lexeme, given.word, coalesce(known.chunks, 0) as chunks
		from unnest(lexemes, words) as given (lexeme, word) left join ccb_knowledge.lexeme_counts as known on known.lexeme = given.lexeme
		order by given.lexeme, given.word
	), weighed as (
		select asked.*, ln(1 + (total - chunks + 0.5) / (chunks + 0.5)) as idf, row_number() over (order by (chunks = 0), chunks) as rarity from asked
	)
	select array_agg(lexeme order by lexeme) filter (where chunks > 0), array_agg(idf order by lexeme) filter (where chunks > 0),
		array_agg(word order by lexeme) filter (where chunks > 0),
		string_agg(quote_literal(lexeme), ' | ') filter (where chunks > 0 and (chunks <= greatest(total * 0.05, 100) or rarity <= 2))::tsquery,
		(select sum(weight) from (select min(idf) as weight from weighed group by word) as per_word)
	into terms, term_idf, term_word, telling, whole from weighed;
	if telling is null then
		return;
	end if;
	return query
	with visible as materialized (select ccb_knowledge.readable(channel_ids, with_company) as id),
	found as materialized (
		select chunk.id, chunk.lexemes, 1.2 * (0.25 + 0.75 * chunk.length / greatest(mean, 1)) as dampening
		from public.chunks as chunk
		where chunk.lexemes @@ telling and chunk.document_id in (select visible.id from visible)
	), matched as (
		select found.id, term.word, term.idf, found.dampening,
			1 / (1.64493406685 * (1.0000001 - ts_rank('{1,1,1,1}', found.lexemes, quote_literal(term.lexeme)::tsquery))) - 0.5 as times
		from found, unnest(terms, term_word, term_idf) as term (lexeme, word, idf)
		where found.lexemes @@ quote_literal(term.lexeme)::tsquery
	), scored as (
		select id, word, max(idf * times * 2.2 / (times + dampening)) as score, max(idf) as idf from matched group by id, word
	)
	select id, sum(scored.score)::real, (sum(idf) / whole)::real from scored group by id order by 2 desc, 1 limit wanted;
end
$$;
revoke all on function ccb_knowledge.readable(uuid[], boolean), ccb_knowledge.search_words(text[], int[], uuid[], boolean, int) from public;
grant execute on function ccb_knowledge.search_words(text[], int[], uuid[], boolean, int) to ccb_employee, ccb_admin;
reset role`;

export class Knowledge extends Migration {
	override up(): void {
		const steps = [createLibrarian, decideForChannels, createDocuments, createPlacements, createChunks];
		for (const sql of [...steps, ...closeTables, allowReaders, createCounts, countChunks, createReadable, createWordSearch])
			this.addSql(sql);
	}
}
