/**
 * What becomes of a document that was published to the whole company when it has a newer version where it lies, or says something else: it is not
 * the company's any more. An administrator published what they had seen; a newer version is whatever somebody shared in that channel since.
 */

import type { Transaction } from '../../database/transaction.ts';
import { letGo } from './removals.ts';

/** A publication that was taken back. */
export interface OutdatedPublication {
	/** Where it had been published from. */
	placementId: string;
	/** `users.id` of who published it; null where nobody knows any more. */
	by: string | null;
}

const findOutdated = `
select distinct published.id, published.document_id as "documentId"
from document_placements as newer
join document_placements as placement on placement.channel_id = newer.channel_id and placement.name = newer.name
join document_placements as published on published.published_from = placement.id
where newer.document_id = $1 and (placement.superseded_at is not null or placement.document_id is distinct from published.document_id)`;

const takeBack = `
delete from document_placements where id = any($1) returning published_from as "placementId", published_by as by`;

/**
 * To be called when versions are settled. Safe to repeat.
 * @param documentId of the newer version.
 * @returns what was taken back, and which documents lie nowhere any more.
 */
export async function takeBackOutdated(
	{ query }: Pick<Transaction, 'query'>,
	documentId: string,
): Promise<{ publications: OutdatedPublication[]; documentIds: string[] }> {
	const outdated = await query<{ id: string; documentId: string }>(findOutdated, [documentId]);
	if (outdated.length === 0) return { publications: [], documentIds: [] };
	const documentIds = outdated.map(({ documentId: published }) => published);
	// Held, as where placements are removed.
	await query('select id from documents where id = any($1) order by id for update', [documentIds]);
	const publications = await query<OutdatedPublication>(takeBack, [outdated.map(({ id }) => id)]);
	return { publications, documentIds: await letGo({ query }, documentIds) };
}
