/** The files of one message with how far they are, and the bot's own message that tells of them, in the database. */

import type { Transaction } from '../../database/transaction.ts';
import type { Place } from '../../platform/place.ts';
import { readFileReason } from './file-reason.ts';
import type { FileState } from './files-shown.ts';
import type { FileMessage } from './placements.ts';

type Asking = Pick<Transaction, 'query'>;

/** Null where nothing was sent. */
export type Notice = {
	/** The platform's; null while it is being sent. */
	messageId: string | null;
	/** As it shows. */
	text: string;
	/** Nothing is told any more: it could not be. */
	isOver?: true;
} | null;

export interface ShownFiles {
	/** Where the files were shared. */
	place: Place;
	files: FileState[];
	notice: Notice;
	/** Of whoever shared them. */
	locale: string | null;
}

interface FileRow {
	place: Place;
	notice: Notice;
	locale: string | null;
	name: string;
	status: 'asked' | 'waiting' | 'placed' | 'refused' | 'failed';
	reason: string | null;
	document: 'received' | 'ready' | 'rejected' | 'quarantined' | 'failed' | 'leaving' | null;
	documentReason: string | null;
	isPartial: boolean | null;
	passages: number;
}

const selectFiles = `
select placement.place, placement.notice, person.locale, placement.name, placement.status, placement.reason,
	document.status as document, document.reason as "documentReason", document.is_partial as "isPartial",
	case document.status when 'ready' then document.chunk_count
		when 'received' then (select count(*)::int from chunks where chunks.document_id = document.id) else 0 end as passages
from document_placements as placement
left join documents as document on document.id = placement.document_id
left join users as person on person.id = placement.shared_by
where placement.channel_id = $1 and placement.message_id = $2 order by placement.shared_at, placement.name, placement.id`;

/** Null when none is left. */
export async function readFiles({ query }: Asking, { channelId, messageId }: FileMessage): Promise<ShownFiles | null> {
	const rows = await query<FileRow>(selectFiles, [channelId, messageId]);
	const [first] = rows;
	if (first === undefined) return null;
	const notice = rows.find((row) => row.notice !== null)?.notice ?? null;
	return { place: first.place, locale: first.locale, notice, files: rows.map(stateOf) };
}

/** Beside each of them, since any may go. */
export async function keepNotice({ query }: Asking, { channelId, messageId }: FileMessage, notice: Notice): Promise<void> {
	await query('update document_placements set notice = $3 where channel_id = $1 and message_id = $2', [channelId, messageId, notice]);
}

function stateOf(row: FileRow): FileState {
	return { name: row.name, progress: progressOf(row) };
}

function progressOf({ status, reason, document, documentReason, passages, isPartial }: FileRow): FileState['progress'] {
	if (status === 'asked') return { stage: 'asked' };
	if (status === 'refused' || status === 'failed') return { stage: 'unread', reason: readFileReason(reason) };
	if (document === null || document === 'leaving') return { stage: 'waiting' };
	if (document === 'ready') return { stage: 'indexed', passages, isPartial: isPartial === true };
	if (document !== 'received') return { stage: 'unread', reason: readFileReason(documentReason) };
	return passages === 0 ? { stage: 'reading' } : { stage: 'indexing', passages };
}
