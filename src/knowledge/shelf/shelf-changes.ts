/** What people do with a document that lies somewhere: it is forgotten, or published to the whole company. Whoever calls knows that they may. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { stableId } from '../../identity/stable-id.ts';
import type { Forgotten } from '../ingest/quotations.ts';
import type { Removal, Removed } from '../ingest/removals.ts';

/** What was removed with a document's place. */
export interface Receipt {
	name: string;
	/** What goes with it, because it lies nowhere else: from now on nobody finds it. Null when it lies elsewhere too. */
	gone: { passages: number; vectors: number; sizeBytes: number } | null;
	/** What answers said of it. */
	forgotten: Forgotten;
	/** It was taken from a folder or bucket, and is taken again if it stays there. */
	isFromSource: boolean;
}

/** All @throws BotError as `Database.asLibrarian`. */
export interface ShelfChanges {
	/** Null when it does not lie there any more. */
	forget(placementId: string): Promise<Receipt | null>;
	/**
	 * What is read now, and no version that comes later (`ingest/outdated-publications.ts`).
	 * @param staleAfterDays from when on it is old wherever it is cited; null where nobody decided.
	 * @param by `users.id` of the administrator.
	 * @returns false when it cannot be: it is not read yet, is no newest version, or is published like that already.
	 */
	publish(placementId: string, staleAfterDays: number | null, by: string | null): Promise<boolean>;
	/** Takes it back, by itself or by where it was published from. @returns false when it is not published. */
	withdraw(placementId: string): Promise<boolean>;
}

export interface ShelfChangesDependencies {
	database: Pick<Database, 'asLibrarian' | 'keepsVectors'>;
	/** Removes placements, and leaves what follows from that as jobs. */
	remove(transaction: Transaction, removal: Removal): Promise<Removed>;
}

interface Standing {
	name: string;
	documentId: string | null;
	isFromSource: boolean;
	sizeBytes: number | null;
	passages: number;
}

const findStanding = `
select placement.name, placement.document_id as "documentId", placement.source is not null as "isFromSource", document.size_bytes as "sizeBytes",
	(select count(*)::int from chunks where chunks.document_id = placement.document_id) as passages
from document_placements as placement left join documents as document on document.id = placement.document_id
where placement.id = $1 for update of placement`;

const countVectors = 'select count(*)::int as vectors from ccb_knowledge.chunk_vectors where document_id = $1';

/** The document is held, so that it is not on its way out. */
const findPublishable = `
select document.id from documents as document join document_placements as placement on placement.document_id = document.id
where placement.id = $1 and placement.channel_id is not null and placement.superseded_at is null and document.status = 'ready'
for update of document`;

const enterPublished = `
with decided as (
	update document_placements set stale_after_days = $3 where id = $1
)
insert into document_placements as known (id, document_id, shared_by, shared_by_account, name, url, status, dated_at, shared_at, published_from, stale_after_days, published_by)
select $2, document_id, shared_by, shared_by_account, name, url, 'placed', dated_at, shared_at, id, $3, $4::uuid from document_placements where id = $1
on conflict (id) do update set stale_after_days = excluded.stale_after_days, published_by = excluded.published_by
	where known.stale_after_days is distinct from excluded.stale_after_days
returning id`;

export function createShelfChanges({ database, remove }: ShelfChangesDependencies): ShelfChanges {
	async function vectorsOf({ query }: Transaction, documentId: string): Promise<number> {
		if (!database.keepsVectors) return 0;
		const [counted] = await query<{ vectors: number }>(countVectors, [documentId]);
		return counted?.vectors ?? 0;
	}

	return {
		forget: (placementId) =>
			database.asLibrarian(async (transaction) => {
				const [standing] = await transaction.query<Standing>(findStanding, [placementId]);
				if (standing === undefined) return null;
				const { name, documentId, isFromSource, passages, sizeBytes } = standing;
				const vectors = documentId === null ? 0 : await vectorsOf(transaction, documentId);
				const { documentIds, forgotten } = await remove(transaction, { where: 'placement.id = $1', parameters: [placementId] });
				const isGone = documentId !== null && documentIds.includes(documentId);
				return { name, isFromSource, forgotten, gone: isGone ? { passages, vectors, sizeBytes: sizeBytes ?? 0 } : null };
			}),
		publish: (placementId, staleAfterDays, by) =>
			database.asLibrarian(async ({ query }) => {
				const publishable = await query(findPublishable, [placementId]);
				if (publishable.length === 0) return false;
				const entered = await query(enterPublished, [placementId, stableId(`publication:${placementId}`), staleAfterDays, by]);
				return entered.length > 0;
			}),
		withdraw: (placementId) =>
			database.asLibrarian(async (transaction) => {
				const where = 'placement.published_from is not null and (placement.id = $1 or placement.published_from = $1)';
				const published = await transaction.query(`select id from document_placements as placement where ${where}`, [placementId]);
				if (published.length > 0) await remove(transaction, { where, parameters: [placementId] });
				return published.length > 0;
			}),
	};
}
