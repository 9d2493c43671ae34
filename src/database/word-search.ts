/** The function of the database that finds chunks by their words. */

import { beginSearch, fewChunks, isReadableDocument, readFew, searchOptions } from './search-visibility.ts';

/** So many chunks of all, hidden ones too, are weighed for their words at most. */
const mostFound = 2_000;
/**
 * BM25 (k1 1.2, b 0.75) over the lexemes of a question, of which several can stand for one of its words. How often a lexeme stands in a chunk is computed
 * back from `ts_rank`, whose value for one lexeme is a sum over 1/n²: far cheaper than taking the vector apart. Chunks are looked for by lexemes that
 * few have; all of them count. `coverage` is the share of the question's words, weighed by their rarity, that stand in the chunk.
 *
 * Where many chunks may be read, those lexemes are looked for one by one that together no more than `mostFound` chunks have; of the others, chunks that
 * have two. What still is too much is cut off in the order in which it lies.
 *
 * `offset 0` keeps the planner, which may have no statistics, to what is written: an index of its own for each look-up. `|| ''` unpacks a vector once
 * for all terms, not once for each.
 */
export const wordSearch = `
create or replace function ccb_knowledge.search_words(lexemes text[], words int[], channel_ids uuid[], with_company boolean, named uuid[], wanted int)
returns table (chunk_id bigint, score real, coverage real, is_named boolean) ${searchOptions} as $$
declare
	readable uuid[];
	few uuid[] := '{}';
	one record;
	seen int := 0;
	total bigint;
	mean real;
	telling text;
	promising text;
	terms tsquery[];
	term_idf real[];
	term_word int[];
	whole real;
begin
	${beginSearch}
	${readFew}
	select chunks, length / greatest(chunks, 1)::real into total, mean from ccb_knowledge.totals;
	with asked as (
		select distinct on (given.lexeme) given.lexeme, given.word, coalesce(known.chunks, 0) as chunks
		from unnest(lexemes, words) as given (lexeme, word) left join ccb_knowledge.lexeme_counts as known on known.lexeme = given.lexeme
		order by given.lexeme, given.word
	), weighed as (
		select asked.*, ln(1 + (total - chunks + 0.5) / (chunks + 0.5)) as idf, row_number() over (order by (chunks = 0), chunks) as rarity from asked
	), rare as (
		select weighed.*, sum(chunks) over (order by chunks, lexeme) > ${mostFound} as is_too_much
		from weighed where chunks > 0 and (chunks <= greatest(total * 0.05, 100) or rarity <= 2)
	), pairs as (
		select quote_literal(first.lexeme) || ' & ' || quote_literal(second.lexeme) as pair, row_number() over likely as place,
			sum(first.chunks::real * second.chunks / total) over likely as expected
		from rare as first join rare as second on second.is_too_much and (first.chunks, first.lexeme) < (second.chunks, second.lexeme) and first.word <> second.word
		where first.is_too_much
		window likely as (order by first.chunks::real * second.chunks, first.lexeme, second.lexeme)
	)
	select array_agg(quote_literal(lexeme)::tsquery order by lexeme) filter (where chunks > 0),
		array_agg(idf order by lexeme) filter (where chunks > 0),
		array_agg(word order by lexeme) filter (where chunks > 0),
		(select string_agg(quote_literal(lexeme), ' | ') from rare),
		concat_ws(' | ', (select string_agg(quote_literal(lexeme), ' | ') from rare where not is_too_much),
			(select string_agg(pair, ' | ') from pairs where place = 1 or expected <= ${mostFound})),
		(select sum(weight) from (select min(idf) as weight from weighed group by word) as per_word)
	into terms, term_idf, term_word, telling, promising, whole from weighed;
	if telling is null then
		return;
	end if;
	if few is null and promising <> '' then
		telling := promising;
	end if;
	return query
	with found as materialized (
		select chunk.chunk_id as id, chunk.document_id = any(named) as is_named, chunk.lexemes, 1.2 * (0.25 + 0.75 * chunk.length / greatest(mean, 1)) as dampening
		from ccb_private.chunks_with(telling::tsquery, few, case when few is null then ${mostFound} else ${fewChunks} end) as chunk
		where few is not null or ${isReadableDocument('chunk.document_id')}
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
