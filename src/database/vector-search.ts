/** The functions of the database that find chunks by their vectors. */

import { beginSearch, isReadableDocument, isReadablePlacement, readFew, searchOptions } from './search-visibility.ts';
import { indexedLanguages, indexedRows, indexedVector, vectorIndexName } from './vector-indexes.ts';

/** And so many are compared that an index holds for the nearest of one language. Whoever asks, and whatever they may see: time tells nothing. */
const mostNear = 300;

/** How many an index keeps in view while it looks (`hnsw.ef_search`): docs/benchmarks.md, "A million passages". */
const searchWidth = 300;

/** Whether there is a whole index for each language. */
const isIndexed = `
create or replace function ccb_knowledge.is_indexed(model smallint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
	select count(*) = ${indexedLanguages.length} from pg_index
	where indisvalid and indexrelid = any(array[${indexedLanguages.map((language) => `to_regclass('ccb_knowledge.${vectorIndexName('', language)}' || model)`).join(', ')}])
$$;
revoke all on function ccb_knowledge.is_indexed(smallint) from public`;

/** Of each language, as its index gives them: nearly in order, nearly all of the nearest. Hidden ones too, so for the librarian alone. */
const nearVectors = (schema: string) => `
create or replace function ccb_knowledge.near_vectors(query real[], model smallint)
returns table (chunk_id bigint, document_id uuid, language text, similarity real)
language plpgsql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_sort = off
set hnsw.iterative_scan = relaxed_order set hnsw.ef_search = ${searchWidth} as $$
begin
	return query execute format($near$ ${indexedLanguages.map((language) => nearIn(schema, language)).join(' union all ')} $near$,
		model, array_length(query, 1)) using query;
end
$$;
revoke all on function ccb_knowledge.near_vectors(real[], smallint) from public`;

const nearIn = (schema: string, language: string | null) => `
	(select chunk_id, document_id, language, (-(embedding operator(${schema}.<#>) $1::${schema}.halfvec))::real from ccb_knowledge.chunk_vectors
	where ${indexedRows('%1$s', language)}
	order by ${indexedVector(schema, '%2$s')} operator(${schema}.<#>) $1::${schema}.halfvec(%2$s) limit ${mostNear})`;

/**
 * The nearest of each language, and of the named documents. Where few chunks may be read, or there is no index, every one of them is compared. Else the
 * indexes give the nearest of all, and those stay that may be read.
 */
const vectorSearch = (schema: string) => `
create or replace function ccb_knowledge.search_vectors(
	query real[], model smallint, channel_ids uuid[], with_company boolean, named uuid[], wanted int
) returns table (chunk_id bigint, similarity real, language text, is_named boolean) ${searchOptions} as $$
declare
	readable uuid[];
	few uuid[] := '{}';
	one record;
	seen int := 0;
	target ${schema}.halfvec := query::${schema}.halfvec;
begin
	${beginSearch}
	${readFew}
	if few is null and ccb_knowledge.is_indexed(model) then
		return query
		with near as materialized (
			select * from ccb_knowledge.near_vectors(query, model) as found where found.document_id <> all(named)
			union all
			select vector.chunk_id, vector.document_id, vector.language, (-(vector.embedding operator(${schema}.<#>) target))::real
			from ccb_knowledge.chunk_vectors as vector where vector.model_id = model and vector.document_id = any(named)
		), visible as materialized (
			select found.id from (select distinct near.document_id as id from near) as found where ${isReadableDocument('found.id')}
		), ranked as (
			select near.*, near.document_id = any(named) as is_named, row_number() over (
				partition by near.language, near.document_id = any(named) order by near.similarity desc, near.chunk_id
			) as rank
			from near join visible on visible.id = near.document_id
		)
		select ranked.chunk_id, ranked.similarity, ranked.language, ranked.is_named from ranked where rank <= wanted
		order by ranked.similarity desc, ranked.chunk_id;
		return;
	end if;
	return query
	with visible as materialized (
		select distinct placement.document_id as id from public.document_placements as placement
			join public.documents as document on document.id = placement.document_id and document.status = 'ready'
		where few is null and ${isReadablePlacement}
	), readable_vectors as (
		select vector.* from ccb_knowledge.chunk_vectors as vector where vector.model_id = model and vector.document_id = any(few)
		union all
		select vector.* from visible join ccb_knowledge.chunk_vectors as vector on vector.document_id = visible.id and vector.model_id = model
	), compared as materialized (
		select vector.chunk_id, vector.language, vector.document_id = any(named) as is_named,
			(-(vector.embedding operator(${schema}.<#>) target))::real as similarity
		from readable_vectors as vector
	)
	select best.chunk_id, best.similarity, best.language, best.is_named
	from (select distinct compared.language, compared.is_named from compared) as kind cross join lateral (
		select * from compared where compared.language is not distinct from kind.language and compared.is_named = kind.is_named
		order by compared.similarity desc, compared.chunk_id limit wanted
	) as best
	order by best.similarity desc, best.chunk_id;
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

/** @param schema where pgvector's types are. Its first statement makes the server know pgvector's settings. */
export function vectorSearchFunctions(schema: string): string[] {
	return [`select '[1]'::${schema}.halfvec`, isIndexed, nearVectors(schema), vectorSearch(schema), nearest(schema)];
}
