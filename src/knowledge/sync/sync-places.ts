/** Documents of a folder or a bucket in the database: which files were taken, from where, and in which version. */

import type { Transaction } from '../../database/transaction.ts';
import { BotError } from '../../errors.ts';
import { stableId } from '../../identity/stable-id.ts';
import type { Place } from '../../platform/place.ts';
import type { FoundFile } from '../files/found-file.ts';
import { enterChannel } from '../ingest/placements.ts';
import type { SyncChannel, SyncedSource } from './synced-source.ts';

type Asking = Pick<Transaction, 'query'>;

/** A file that was taken before. */
export interface KnownFile {
	placementId: string;
	path: string;
	/** Null while it is not all there. */
	version: string | null;
	documentId: string | null;
	/** It is still to be read. */
	isUnread: boolean;
}

/** Where the documents lie. */
export interface SyncPlace {
	channelId: string | null;
	place: Place | null;
}

/** By path. */
export async function knownFiles({ query }: Asking, { name }: SyncedSource): Promise<Map<string, KnownFile>> {
	const rows = await query<KnownFile>(
		`select placement.id as "placementId", placement.source_path as path, placement.source_version as version,
			placement.document_id as "documentId",
			placement.status = 'placed' and document.status in ('received', 'failed') as "isUnread"
			from document_placements as placement left join documents as document on document.id = placement.document_id
			where placement.source = $1`,
		[name],
	);
	return new Map(rows.map((row) => [row.path, row]));
}

const findPlace = `
select channel.kind, (
	select placement.place from document_placements as placement where placement.channel_id = channel.id and placement.place is not null
	order by placement.place -> 'route' is null, placement.shared_at desc limit 1
) as place
from channels as channel where channel.id = $1`;

/** As the bot has met it; else it is taken for a channel that it has not met yet. @throws BotError `CONFIG_INVALID` for a personal chat. */
export async function enterSyncPlace({ query }: Asking, channel: SyncChannel | null): Promise<SyncPlace> {
	if (channel === null) return { channelId: null, place: null };
	const address = { ...channel, threadId: '' };
	const channelId = await enterChannel({ query }, { ...address, kind: 'channel' });
	const [found] = await query<{ kind: Place['kind']; place: Place | null }>(findPlace, [channelId]);
	const kind = found?.kind ?? 'channel';
	if (kind === 'direct') throw new BotError('CONFIG_INVALID', 'documents of folders and buckets are not taken into personal chats');
	return { channelId, place: { ...(found?.place ?? { ...address, kind }), threadId: '' } };
}

const enter = `
insert into document_placements (id, channel_id, place, name, source, source_path, dated_at, status, reason)
values ($1, $2, $3, $4, $5, $4, $6, $7, $8)
on conflict (id) do update set channel_id = excluded.channel_id, place = excluded.place, dated_at = excluded.dated_at,
	status = excluded.status, reason = excluded.reason, source_version = null`;

/** Its version is noted when its bytes are there, by \`noteVersion\`. @returns the id of its placement. */
export async function enterSyncedFile(
	{ query }: Asking,
	source: SyncedSource,
	{ channelId, place }: SyncPlace,
	{ path, modifiedAt }: FoundFile,
	reason: 'too-large' | null,
): Promise<string> {
	const id = syncedPlacementId(source, path);
	const status = reason === null ? 'placed' : 'refused';
	await query(enter, [id, channelId, place, path, source.name, modifiedAt, status, reason]);
	return id;
}

export async function noteVersion({ query }: Asking, placementId: string, version: string): Promise<void> {
	await query('update document_placements set source_version = $2 where id = $1', [placementId, version]);
}

/** All of the source, as it is said now. */
export async function moveSynced({ query }: Asking, { name }: SyncedSource, { channelId, place }: SyncPlace): Promise<void> {
	await query('update document_placements set channel_id = $2, place = $3 where source = $1 and channel_id is distinct from $2', [
		name,
		channelId,
		place,
	]);
}

function syncedPlacementId({ name }: SyncedSource, path: string): string {
	return stableId(`placement:${[name, path].map(encodeURIComponent).join(':')}`);
}
