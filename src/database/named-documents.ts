/** The function of the database that finds the documents that a question names. */

import { beginSearch, isReadablePlacement, searchOptions } from './search-visibility.ts';

/** An expression takes a microsecond or two for each name. */
const mostNames = 5_000;
/** Of the name that fits best. */
const nearBest = 0.85;

/**
 * Which documents a question names: `patterns`, `months` and `years` are what is said of the `mentions`th. A name fits as far as it says what is said, weighed
 * by how few names say it; what no name says counts for nothing. Where a name
 * tells no month (`any_month`) or no year, the day of the document does. The newest placements
 * alone: expressions are looked for in each name.
 */
export const namedDocuments = `
create or replace function ccb_knowledge.named_documents(
	mentions int[], patterns text[], months int[], years int[], any_month text, channel_ids uuid[], with_company boolean
) returns setof uuid ${searchOptions} as $$
declare
	readable uuid[];
begin
	${beginSearch}
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
