/**
 * Which of several files of one name that were shared in a channel counts: the newest that was read. The others are kept, and not searched. Files of
 * folders and buckets are each the only one of their path. From how many days on a document is old holds for its newer versions, too.
 */

import type { Transaction } from '../../database/transaction.ts';

const settle = `
with ready as (
	select placement.id, placement.document_id, placement.superseded_at, placement.shared_at, placement.stale_after_days
	from document_placements as placement join documents as document on document.id = placement.document_id and document.status = 'ready'
	where placement.channel_id = $1 and placement.name = $2 and placement.name <> '' and placement.source is null
), newest as (
	select document_id from ready order by shared_at desc, id desc limit 1
), decided as (
	select stale_after_days from ready, newest
	where superseded_at is null and ready.document_id <> newest.document_id and stale_after_days is not null
	order by shared_at desc, id desc limit 1
), settled as (
	select ready.id, ready.superseded_at is null as counted, ready.document_id = newest.document_id as counts,
		case when ready.document_id = newest.document_id then coalesce(ready.stale_after_days, (select stale_after_days from decided))
			else ready.stale_after_days end as stale_after_days
	from ready, newest
)
update document_placements as placement
set superseded_at = case when counts then null else coalesce(placement.superseded_at, now()) end, stale_after_days = settled.stale_after_days
from settled
where placement.id = settled.id
	and (counted is distinct from counts or placement.stale_after_days is distinct from settled.stale_after_days)`;

/** Safe to repeat, and in any order: what counts follows from what there is. */
export async function settleVersions({ query }: Pick<Transaction, 'query'>, channelId: string, name: string): Promise<void> {
	await query(settle, [channelId, name]);
}

/** Wherever the document lies. */
export async function settleVersionsOf(transaction: Pick<Transaction, 'query'>, documentId: string): Promise<void> {
	const named = await transaction.query<{ channelId: string; name: string }>(
		`select distinct channel_id as "channelId", name from document_placements where document_id = $1 and channel_id is not null`,
		[documentId],
	);
	for (const { channelId, name } of named) await settleVersions(transaction, channelId, name);
}
