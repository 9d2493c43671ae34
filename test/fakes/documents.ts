/** Documents in a test's database, as ingestion leaves them. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import type { Principal } from '#src/database/transaction.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createDocumentIndex } from '#src/knowledge/documents/document-index.ts';
import type { Place } from '#src/platform/place.ts';

/** A channel, and who can read it now. @returns its id. */
export async function createChannel(database: Database, readers: readonly Principal[] = [], place?: Place): Promise<string> {
	const { platform, tenantId, channelId, kind } = place ?? { platform: 'slack', tenantId: 'T1', channelId: randomUUID(), kind: 'channel' };
	const id = channelIdOf({ platform, tenantId, channelId, threadId: '' });
	await database.queryAsRegistrar('insert into channels (id, platform, tenant_id, channel_id, kind) values ($1, $2, $3, $4, $5)', [
		id,
		platform,
		tenantId,
		channelId,
		kind,
	]);
	for (const reader of readers) await letIn(database, id, reader);
	return id;
}

/** They can read the channel: the platform said so just now. */
async function letIn(database: Database, channelId: string, { userId }: Principal): Promise<void> {
	await database.queryAsLibrarian(
		`insert into channel_readers (channel_id, user_id) values ($1, $2) on conflict (channel_id, user_id) do update set verified_at = now()`,
		[channelId, userId],
	);
}

export interface GivenDocument {
	name: string;
	/** Each a chunk of its own. */
	texts: readonly string[];
	/** Null for the whole company. */
	channelId: string | null;
	datedAt?: Date;
	/** Where it was shared, as far as a test needs it. */
	place?: Place;
	sharedBy?: Principal;
	url?: string;
}

/** @returns the id of the document. */
export async function enterDocument(
	database: Database,
	{ name, texts, channelId, datedAt, place, sharedBy, url }: GivenDocument,
): Promise<string> {
	const id = randomUUID();
	await database.asLibrarian(async ({ query }) => {
		await query('insert into documents (id, content_hash, size_bytes) values ($1, $2, 1)', [id, id]);
		await query(
			`insert into document_placements (id, document_id, channel_id, name, status, dated_at, place, shared_by, url)
				values ($1, $2, $3, $4, 'placed', $5, $6, $7, $8)`,
			[randomUUID(), id, channelId, name, datedAt ?? null, place ?? null, sharedBy?.userId ?? null, url ?? null],
		);
	});
	const chunks = texts.map((text) => ({ text, context: name, page: null }));
	await createDocumentIndex(database).put(id, { title: null, chunks, isPartial: false }, AbortSignal.timeout(60_000));
	return id;
}
