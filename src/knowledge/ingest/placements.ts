/** Where files of people lie, in the database: from the message that shared one to the document that it became. */

import { storable } from '../../database/storable.ts';
import type { Transaction } from '../../database/transaction.ts';
import { BotError } from '../../errors.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import { stableId } from '../../identity/stable-id.ts';
import type { Attachment } from '../../platform/chat-event.ts';
import type { Place } from '../../platform/place.ts';
import type { FileReason } from './file-reason.ts';

type Asking = Pick<Transaction, 'query'>;

/** What it takes to fetch a file. Kept until it was fetched and no longer: some platforms' addresses open it for anybody. */
export interface Fetching {
	attachment: Attachment;
	/** What whoever shared it may give. */
	maxBytes: number;
}

/** A file of a message that is taken. */
export interface TakenFile {
	place: Place;
	messageId: string;
	fileId: string;
	/** By `toFileName`. */
	name: string;
	/** `identities.id`. */
	account: string;
	sharedAt: string;
	/** Where people open the message; null where it has no link. */
	url: string | null;
	fetching: Fetching;
}

/** A file that somebody shared in a message. */
export interface SharedFile extends TakenFile {
	status: 'asked' | 'waiting' | 'refused';
	reason: FileReason | null;
}

/** A placement, as far as fetching needs it. */
export interface WaitingFile {
	id: string;
	channelId: string;
	messageId: string;
	place: Place;
	sharedBy: string | null;
	fetching: Fetching;
	/** What it was before it changed. */
	documentId: string | null;
}

/** The message that files were shared with: `channels.id`, and the platform's id. */
export interface FileMessage {
	channelId: string;
	messageId: string;
	/** Null when whoever shared them is not known any more. */
	sharedBy: string | null;
}

/** The same file in the same message, the same id. */
export function placementIdOf({ platform, tenantId, channelId }: Place, messageId: string, fileId: string): string {
	return stableId(`placement:${[platform, tenantId, channelId, messageId, fileId].map(encodeURIComponent).join(':')}`);
}

/** @returns its id. */
export async function enterChannel({ query }: Asking, place: Place): Promise<string> {
	const { platform, tenantId, channelId, kind } = place;
	const id = channelIdOf(place);
	await query('insert into channels (id, platform, tenant_id, channel_id, kind) values ($1, $2, $3, $4, $5) on conflict do nothing', [
		...[id, platform, tenantId, channelId, kind],
	]);
	return id;
}

/** Nobody has it: whoever shared it was not asked yet or may not give it, or it could not be had. */
const isOpen = `document_placements.status in ('asked', 'refused', 'failed')`;

const enter = `
insert into document_placements
	(id, channel_id, shared_by, shared_by_account, name, file_id, message_id, place, attachment, status, reason, shared_at, url, notice)
select $1::uuid, $2::uuid, account.user_id, account.id, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11::timestamptz, $12, $13::jsonb
from (select 1) as file left join identities as account on account.id = $3::uuid`;

/** @returns its id; null when it was entered before. */
export async function enterPlacement({ query }: Asking, file: SharedFile): Promise<string | null> {
	return await enterFile({ query }, { ...file, notice: null }, 'on conflict do nothing');
}

/**
 * The same for one that is to be taken now, whatever became of it before. @param isQuiet no line beside its message tells of it.
 * @returns null when it is on its way already, or was taken.
 */
export async function enterAgain({ query }: Asking, file: TakenFile, { isQuiet = false } = {}): Promise<string | null> {
	const renewed = `on conflict (id) do update set attachment = excluded.attachment, shared_by = excluded.shared_by,
		shared_by_account = excluded.shared_by_account, status = 'waiting',
		reason = null where ${isOpen}`;
	const notice = isQuiet ? { messageId: null, text: '', isOver: true } : null;
	return await enterFile({ query }, { ...file, status: 'waiting', reason: null, notice }, renewed);
}

type EnteredFile = SharedFile & { notice: object | null };

async function enterFile({ query }: Asking, file: EnteredFile, onConflict: string): Promise<string | null> {
	const { place, messageId, fileId, name, account, sharedAt, url, fetching, status, reason, notice } = file;
	const channelId = await enterChannel({ query }, place);
	const kept = status === 'refused' ? null : storable(fetching);
	const id = placementIdOf(place, messageId, fileId);
	const values = [id, channelId, account, name, fileId, messageId, place, kept, status, reason, sharedAt, url, notice];
	const [entered] = await query(`${enter} ${onConflict} returning id`, values);
	return entered === undefined ? null : id;
}

/** Those of these placements that were taken, or are on their way. */
export async function findSettled({ query }: Asking, ids: readonly string[]): Promise<ReadonlySet<string>> {
	const found = await query<{ id: string }>(`select id from document_placements where id = any($1) and not (${isOpen})`, [ids]);
	return new Set(found.map(({ id }) => id));
}

/** Null for what is gone, was fetched or refused, or was not agreed to. */
export async function findWaiting({ query }: Asking, placementId: string): Promise<WaitingFile | null> {
	const [found] = await query<WaitingFile>(
		`select id, channel_id as "channelId", message_id as "messageId", place, shared_by as "sharedBy", attachment as fetching,
			document_id as "documentId"
			from document_placements where id = $1 and attachment is not null and status in ('waiting', 'failed')`,
		[placementId],
	);
	return found ?? null;
}

/** `documents.id`. */
export function documentIdOf(hash: string): string {
	return stableId(`document:${hash}`);
}

/**
 * From now on the placement keeps the document, and with it the bytes. What could not be read under another name is read again.
 * @returns false when the placement is gone. @throws BotError `CONFLICT`, retryable, while the same content is on its way out.
 */
export async function attachDocument(
	{ query }: Asking,
	placementId: string,
	{ hash, sizeBytes }: { hash: string; sizeBytes: number },
): Promise<boolean> {
	// Held, so that of two who take away its last placements one sees that nothing is left.
	await query('select id from documents where id = (select document_id from document_placements where id = $1) for update', [placementId]);
	const [document] = await query<{ id: string; status: string }>(
		`insert into documents (id, content_hash, size_bytes) values ($1, $2, $3)
			on conflict (id) do update set status = case when documents.status in ('rejected', 'failed') then 'received' else documents.status end
			returning id, status`,
		[documentIdOf(hash), hash, sizeBytes],
	);
	if (document === undefined || document.status === 'leaving')
		throw new BotError('CONFLICT', 'the same file is just being removed', { retryable: true });
	const attached = await query('update document_placements set document_id = $2 where id = $1 returning id', [placementId, document.id]);
	return attached.length > 0;
}

/** The file was fetched, and its bytes are there. */
export async function placeFile({ query }: Asking, placementId: string): Promise<void> {
	await query(`update document_placements set status = 'placed', attachment = null, reason = null where id = $1`, [placementId]);
}

/** `failed` can be tried again, by somebody who looks after jobs that failed; `refused` cannot. What was read before it changed stays. */
export async function declineFile(
	{ query }: Asking,
	placementId: string,
	{ status, reason }: { status: 'refused' | 'failed'; reason: FileReason },
): Promise<void> {
	await query(
		`update document_placements set reason = $3, attachment = case when $2 = 'failed' then attachment end,
			status = case when exists (select from documents where id = document_id and status = 'ready') then 'placed' else $2 end where id = $1`,
		[placementId, status, reason],
	);
}

/** A file changed: it is to be fetched again, wherever it was shared and let through, and what was read of it stays until then. */
export async function refetchFiles(
	{ query }: Asking,
	{ platform, tenantId, fileId }: { platform: string; tenantId: string; fileId: string },
	maxBytes: number,
): Promise<{ placementId: string; userId: string | null }[]> {
	return await query(
		`update document_placements as placement set status = 'waiting', reason = null, attachment = jsonb_build_object('maxBytes', $4::int, 'attachment',
				jsonb_build_object('id', file_id, 'name', name, 'mediaType', '', 'sizeBytes', null, 'source', null))
			from channels as channel
			where channel.id = placement.channel_id and channel.platform = $1 and channel.tenant_id = $2 and placement.file_id = $3
				and placement.status in ('placed', 'refused', 'failed') and coalesce(placement.reason, '') not in ('upload-size', 'upload-count')
			returning placement.id as "placementId", placement.shared_by as "userId"`,
		[platform, tenantId, fileId, maxBytes],
	);
}

/** Those that shared the document. */
export async function messagesOf({ query }: Asking, documentId: string): Promise<(FileMessage & { isPersonal: boolean })[]> {
	return await query(
		`select distinct on (channel_id, message_id) channel_id as "channelId", message_id as "messageId", shared_by as "sharedBy",
				place ->> 'kind' = 'direct' as "isPersonal"
			from document_placements where document_id = $1 and channel_id is not null and message_id is not null`,
		[documentId],
	);
}
