/** The function of the database that finds the documents that a question names. */

import { beginSearch, searchOptions } from './search-visibility.ts';

/** Names that are looked at, the newest: expressions are looked for in each, at some microseconds a name. */
const mostNames = 2_000;
/** Of one channel of many, so that none is read whole before the newest of all are known. */
const leastOfChannel = 100;
/** Whoever names more than these names none. */
const mostNamed = 100;
/** Of the name that fits best. */
const nearBest = 0.85;

/** In the order of an index, which is read no further than it takes. */
export const newestPlacements = (
	where: string,
	most: string,
) => `select document_id, name, dated_at, shared_at from public.document_placements
				where ${where} and superseded_at is null and document_id is not null order by shared_at desc limit ${most}`;

const newest = `
		select document_id, name, dated_at, shared_at from (
			(${newestPlacements('with_company and channel_id is null', String(mostNames))})
			union all
			select placement.* from unnest(readable) as channel (id) cross join lateral (
				${newestPlacements('channel_id = channel.id', 'most_of_channel')}
			) as placement
		) as placement
		order by shared_at desc limit ${mostNames}`;

/**
 * Which documents a question names: `patterns`, `months` and `years` are what is said of the `mentions`th. A name fits as far as it says what is said, weighed
 * by how few names say it; what no name says counts for nothing. Where a name tells no month (`any_month`) or no year, the day of the document does. The
 * newest placements alone.
 */
export const namedDocuments = `
create or replace function ccb_knowledge.named_documents(
	mentions int[], patterns text[], months int[], years int[], any_month text, channel_ids uuid[], with_company boolean
) returns setof uuid ${searchOptions} as $$
declare
	readable uuid[];
	most_of_channel int;
begin
	${beginSearch}
	most_of_channel := greatest(${leastOfChannel}, ${2 * mostNames} / greatest(1, cardinality(readable)));
	return query
	with visible as materialized (
		select document.id, coalesce(placement.dated_at, placement.shared_at) as date, placement.shared_at, replace(regexp_replace(
			normalize(lower(placement.name || ' ' || coalesce(document.title, '')), nfd), '[\\u0300-\\u036f]', '', 'g'), '_', ' ') as name
		from (${newest}) as placement
			cross join lateral (select id, title from public.documents where id = placement.document_id and status = 'ready' offset 0) as document
	), term as (
		select * from unnest(mentions, patterns, months, years) with ordinality as term (mention, pattern, month, year, at)
	), fitting as (
		select term.at, term.mention, visible.id, max(visible.shared_at) as shared_at
		from term join visible on visible.name ~ term.pattern
			or extract(month from visible.date) = term.month and visible.name !~ any_month
			or extract(year from visible.date) = term.year and visible.name !~ '(^|[^0-9])(19|20)[0-9]{2}'
		group by term.at, term.mention, visible.id
	), weighed as (
		select fitting.*, ln(1 + (select count(*) from visible)::real / count(*) over (partition by fitting.at)) as weight from fitting
	), scored as (
		select mention, weighed.id, max(shared_at) as shared_at, sum(weight) as score from weighed group by mention, weighed.id
	), ranked as (
		select scored.*, max(score) over (partition by mention) as best from scored
	)
	select ranked.id from ranked where score >= best * ${nearBest} group by ranked.id order by max(shared_at) desc limit ${mostNamed};
end
$$;
revoke all on function ccb_knowledge.named_documents(int[], text[], int[], int[], text, uuid[], boolean) from public;
grant execute on function ccb_knowledge.named_documents(int[], text[], int[], int[], text, uuid[], boolean) to ccb_employee, ccb_admin`;
