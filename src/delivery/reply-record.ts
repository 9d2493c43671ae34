/** The books on which platform messages a reply occupies: what a process that takes over after a crash goes by. */

import type { Database } from '../database/database.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { ReplyRecord } from './part-context.ts';

export interface RecordedPart {
	position: number;
	mode: 'edit' | 'stream';
	state: 'intended' | 'shown' | 'final';
	/** Null when the message was about to be sent and nobody knows whether it was. */
	reference: MessageReference | null;
}

interface PartRow {
	position: number;
	mode: 'edit' | 'stream';
	state: 'intended' | 'shown' | 'final';
	place: Place;
	messageId: string | null;
}

const upsertPart = `
	insert into reply_parts (reply_id, position, place, mode, state) values ($1, $2, $3, $4, 'intended')
	on conflict (reply_id, position) do update set mode = excluded.mode, state = 'intended', message_id = null, updated_at = now()`;

const selectParts = `
	select position, mode, state, place, message_id as "messageId" from reply_parts where reply_id = $1 and state <> 'obsolete' order by position`;

export function createReplyRecord(database: Database, replyId: string, place: Place): ReplyRecord {
	return {
		async intended(position, mode) {
			await database.query(upsertPart, [replyId, position, place, mode]);
		},
		async shown(position, messageId) {
			await database.query(
				"update reply_parts set message_id = $3, state = 'shown', updated_at = now() where reply_id = $1 and position = $2",
				[replyId, position, messageId],
			);
		},
		async final(position) {
			await database.query("update reply_parts set state = 'final', updated_at = now() where reply_id = $1 and position = $2", [
				replyId,
				position,
			]);
		},
	};
}

export async function readRecordedParts(database: Database, replyId: string): Promise<RecordedPart[]> {
	const rows = await database.query<PartRow>(selectParts, [replyId]);
	return rows.map(({ place, messageId, ...row }) => ({ ...row, reference: messageId === null ? null : { place, messageId } }));
}
