/**
 * The functions of the database that find chunks. They run with the librarian's rights, so that policies are not asked for each row, and keep to what
 * the asker may read. Made at every start, so that they can get better without a migration; the newest version wins.
 */

import type { Pool } from 'pg';

/** What all of them begin with. Only the channels that the asker was let in to within the last minute count; half a minute is for the asking. */
const begin = `
	if not ccb_private.is_genuine() then
		raise exception 'a search needs somebody who asks' using errcode = 'insufficient_privilege';
	end if;
	readable := array(
		select reader.channel_id from public.channel_readers as reader
		where reader.channel_id = any(channel_ids) and reader.user_id = public.ccb_user_id()
			and reader.verified_at > now() - interval '90 seconds'
	);`;

/** Of a placement: its document may be read there by the asker, and by whoever reads the answer. Older versions are left out. */
const isReadablePlacement = `placement.superseded_at is null
	and (placement.channel_id is null and with_company or placement.channel_id = any(readable))`;

/** Without statistics, as in an embedded database that nobody analyzed, the planner would read whole tables again and again. */
const options = 'language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off';

/** Up to so many placements that may be read, they are read once; above, those of each found chunk's document. See docs/benchmarks.md, "Finding passages". */
const fewPlacements = 1_000;

/** An expression takes a microsecond or two for each name. */
const mostNames = 5_000;
/** Of the name that fits best. */
const nearBest = 0.85;

/**
 * BM25 (k1 1.2, b 0.75) over the lexemes of a question, of which several can stand for one of its words. How often a lexeme stands in a chunk is computed
 * back from `ts_rank`, whose value for one lexeme is a sum over 1/n²: far cheaper than taking the vector apart. Chunks are looked for by lexemes that
 * few have; all of them count. `coverage` is the share of the question's words, weighed by their rarity, that stand in the chunk.
 *
 * `offset 0` keeps the planner, which may have no statistics, to what is written: an index of its own for each look-up. `|| ''` unpacks a vector once
 * for all terms, not once for each.
 */
const wordSearch = `
create or replace function ccb_knowledge.search_words(lexemes text[], words int[], channel_ids uuid[], with_company boolean, named uuid[], wanted int)
returns table (chunk_id bigint, score real, coverage real, is_named boolean) ${options} as $$
declare
	readable uuid[];
	few uuid[];
	total bigint;
	mean real;
	telling tsquery;
	terms tsquery[];
	term_idf real[];
	term_word int[];
	whole real;
begin
	${begin}
	select chunks, length / greatest(chunks, 1)::real into total, mean from ccb_knowledge.totals;
	with asked as (
		select distinct on (given.lexeme) given.lexeme, given.word, coalesce(known.chunks, 0) as chunks
		from unnest(lexemes, words) as given (lexeme, word) left join ccb_knowledge.lexeme_counts as known on known.lexeme = given.lexeme
		order by given.lexeme, given.word
	), weighed as (
		select asked.*, ln(1 + (total - chunks + 0.5) / (chunks + 0.5)) as idf, row_number() over (order by (chunks = 0), chunks) as rarity from asked
	)
	select array_agg(quote_literal(lexeme)::tsquery order by lexeme) filter (where chunks > 0),
		array_agg(idf order by lexeme) filter (where chunks > 0),
		array_agg(word order by lexeme) filter (where chunks > 0),
		string_agg(quote_literal(lexeme), ' | ') filter (where chunks > 0 and (chunks <= greatest(total * 0.05, 100) or rarity <= 2))::tsquery,
		(select sum(weight) from (select min(idf) as weight from weighed group by word) as per_word)
	into terms, term_idf, term_word, telling, whole from weighed;
	if telling is null then
		return;
	end if;
	few := array(
		select placement.document_id from public.document_placements as placement where ${isReadablePlacement} limit ${fewPlacements + 1}
	);
	return query
	with found as materialized (
		select chunk.chunk_id as id, chunk.document_id = any(named) as is_named, chunk.lexemes, 1.2 * (0.25 + 0.75 * chunk.length / greatest(mean, 1)) as dampening
		from ccb_private.chunks_with(telling) as chunk
		where case when cardinality(few) <= ${fewPlacements} then chunk.document_id in (select unnest(few) offset 0) else exists (
				select from (select * from public.document_placements where document_id = chunk.document_id offset 0) as placement
				where ${isReadablePlacement}
			) end
			and exists (select from public.documents as document where document.id = chunk.document_id and document.status = 'ready' offset 0)
	), matched as (
		select found.id, found.is_named, term.word, term.idf, found.dampening,
			1 / (1.64493406685 * (1.0000001 - ts_rank('{1,1,1,1}', unpacked.lexemes, term.query))) - 0.5 as times
		from found cross join lateral (select found.lexemes || '' as lexemes offset 0) as unpacked
			cross join unnest(terms, term_word, term_idf) as term (query, word, idf)
		where unpacked.lexemes @@ term.query
	), scored as (
		select id, matched.is_named, word, max(idf * times * 2.2 / (times + dampening)) as score, max(idf) as idf
		from matched group by id, matched.is_named, word
	), summed as (
		select id, sum(scored.score) as score, sum(idf) as idf, scored.is_named,
			row_number() over (partition by scored.is_named order by sum(scored.score) desc, id) as rank
		from scored group by id, scored.is_named
	)
	select id, summed.score::real, (idf / whole)::real, summed.is_named from summed where rank <= wanted order by 2 desc, 1;
end
$$;
revoke all on function ccb_knowledge.search_words(text[], int[], uuid[], boolean, uuid[], int) from public;
grant execute on function ccb_knowledge.search_words(text[], int[], uuid[], boolean, uuid[], int) to ccb_employee, ccb_admin`;

/**
 * Which documents a question names: `patterns`, `months` and `years` are what is said of the `mentions`th. A name fits as far as it says what is said, weighed
 * by how few names say it; what no name says counts for nothing. Where a name
 * tells no month (`any_month`) or no year, the day of the document does. The newest placements
 * alone: expressions are looked for in each name.
 */
const namedDocuments = `
create or replace function ccb_knowledge.named_documents(
	mentions int[], patterns text[], months int[], years int[], any_month text, channel_ids uuid[], with_company boolean
) returns setof uuid ${options} as $$
declare
	readable uuid[];
begin
	${begin}
	return query
	with visible as materialized (
		select placement.document_id as id, coalesce(placement.dated_at, placement.shared_at) as date, replace(regexp_replace(
			normalize(lower(placement.name || ' ' || coalesce(document.title, '')), nfd), '[\\u0300-\\u036f]', '', 'g'), '_', ' ') as name
		from public.document_placements as placement
			join public.documents as document on document.id = placement.document_id and document.status = 'ready'
		where ${isReadablePlacement}
		order by placement.shared_at desc limit ${mostNames}
	), told as (
		select visible.*, name ~ '(^|[^0-9])(19|20)[0-9]{2}' as tells_year,
			name ~ any_month as tells_month
		from visible
	), fitting as (
		select distinct term.at, term.mention, told.id
		from unnest(mentions, patterns, months, years) with ordinality as term (mention, pattern, month, year, at)
			join told on told.name ~ term.pattern
				or not told.tells_month and extract(month from told.date) = term.month
				or not told.tells_year and extract(year from told.date) = term.year
	), weighed as (
		select fitting.*, ln(1 + (select count(*) from told)::real / count(*) over (partition by fitting.at)) as weight from fitting
	), scored as (
		select mention, weighed.id, sum(weight) as score from weighed group by mention, weighed.id
	), ranked as (
		select scored.*, max(score) over (partition by mention) as best from scored
	)
	select distinct ranked.id from ranked where score >= best * ${nearBest};
end
$$;
revoke all on function ccb_knowledge.named_documents(int[], text[], int[], int[], text, uuid[], boolean) from public;
grant execute on function ccb_knowledge.named_documents(int[], text[], int[], int[], text, uuid[], boolean) to ccb_employee, ccb_admin`;

/**
 * The nearest of each language. Every vector that the asker may see is compared: exact, and up to some 50,000 of them faster than an index that looks
 * at all.
 */
const vectorSearch = (schema: string) => `
create or replace function ccb_knowledge.search_vectors(
	query real[], model smallint, channel_ids uuid[], with_company boolean, named uuid[], wanted int
) returns table (chunk_id bigint, similarity real, language text, is_named boolean) ${options} as $$
declare
	readable uuid[];
	target ${schema}.halfvec := query::${schema}.halfvec;
begin
	${begin}
	return query
	with visible as materialized (
		select distinct placement.document_id as id from public.document_placements as placement where ${isReadablePlacement}
	), compared as (
		select vector.chunk_id, vector.language, vector.document_id = any(named) as is_named, (-(vector.embedding operator(${schema}.<#>) target))::real as similarity
		from visible
			join public.documents as document on document.id = visible.id and document.status = 'ready'
			join ccb_knowledge.chunk_vectors as vector on vector.document_id = document.id and vector.model_id = model
	), ranked as (
		select compared.*, row_number() over (
			partition by compared.language, compared.is_named order by compared.similarity desc, compared.chunk_id
		) as rank
		from compared
	)
	select ranked.chunk_id, ranked.similarity, ranked.language, ranked.is_named from ranked where rank <= wanted
	order by ranked.similarity desc, ranked.chunk_id;
end
$$;
revoke all on function ccb_knowledge.search_vectors(real[], smallint, uuid[], boolean, uuid[], int) from public;
grant execute on function ccb_knowledge.search_vectors(real[], smallint, uuid[], boolean, uuid[], int) to ccb_employee, ccb_admin`;

/** For the librarian alone: the cosine of the chunk that is nearest to a text, of some thousand. */
const nearest = (schema: string) => `
create or replace function ccb_knowledge.nearest_similarity(query real[], model smallint) returns real
language sql stable set search_path = pg_catalog, pg_temp as $$
	select max(-(vector.embedding operator(${schema}.<#>) query::${schema}.halfvec))::real
	from (select embedding from ccb_knowledge.chunk_vectors where model_id = model limit 5000) as vector
$$;
revoke all on function ccb_knowledge.nearest_similarity(real[], smallint) from public`;

/**
 * A function that takes something else is another one: processes of an older version still have theirs.
 * @param vectorSchema where pgvector's types are; null without it. Throws the driver's own errors.
 */
export async function makeSearchFunctions(pool: Pool, vectorSchema: string | null): Promise<void> {
	const functions =
		vectorSchema === null ? [namedDocuments, wordSearch] : [namedDocuments, wordSearch, vectorSearch(vectorSchema), nearest(vectorSchema)];
	await pool.query(['begin', 'set local role ccb_librarian', ...functions, 'commit'].join(';\n'));
}
