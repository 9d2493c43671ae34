/** The books on which platform messages a reply occupies: what a process that takes over after a crash goes by. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { RecordedMode, ReplyRecord } from './reply-message-context.ts';

export interface RecordedMessage {
	position: number;
	mode: RecordedMode;
	state: 'intended' | 'shown' | 'final';
	/** Null when the message was about to be sent and nobody knows whether it was. */
	reference: MessageReference | null;
}

export interface OwingRecord extends ReplyRecord {
	/** A message of an earlier attempt is to be edited from now on. */
	takenOver(position: number, messageId: string): Promise<void>;
	/** Makes up for the entries that the database did not take. @throws BotError `STORE_UNAVAILABLE` while it is still away. */
	settle(): Promise<void>;
}

interface MessageRow {
	position: number;
	mode: RecordedMode;
	state: 'intended' | 'shown' | 'final';
	place: Place;
	messageId: string | null;
}

const upsertMessage = `
	insert into reply_parts (reply_id, position, place, mode, state) values ($1, $2, $3, $4, 'intended')
	on conflict (reply_id, position) do update set mode = excluded.mode, state = 'intended', message_id = null, updated_at = now()`;

const takeMessageOver = `
	insert into reply_parts (reply_id, position, place, mode, state, message_id) values ($1, $2, $3, 'edit', 'shown', $4)
	on conflict (reply_id, position) do update set mode = 'edit', state = 'shown', message_id = excluded.message_id, updated_at = now()`;

const showMessage = "update reply_parts set message_id = $3, state = 'shown', updated_at = now() where reply_id = $1 and position = $2";

const endMessage = "update reply_parts set state = 'final', updated_at = now() where reply_id = $1 and position = $2";

const selectMessages = `
	select position, mode, state, place, message_id as "messageId" from reply_parts where reply_id = $1 and state <> 'obsolete' order by position`;

/** An outage of the database is not looked at for every message anew. */
const retryAfterMs = 1_000;
/** Ten minutes: whoever is still away then is met by the next entry, or at the end of the answer. */
const mostRetries = 600;

/**
 * Nobody who waits for an answer is made to wait for its books: while the database is away, entries are owed and resolve at once.
 * Only a crash before they are made up for could leave an orphan.
 */
export function createReplyRecord(deps: { database: Database; clock: Clock }, replyId: string, place: Place): OwingRecord {
	const { database, clock } = deps;
	const known = new Set<string>();
	const streams = new Set<number>();
	const owed: { statement: string; parameters: unknown[] }[] = [];
	let failedAtMs = Number.NEGATIVE_INFINITY;
	let settling: Promise<void> | null = null;
	let isRetrying = false;

	/** One at a time: two would write the first entry twice and forget the second. */
	async function settle(): Promise<void> {
		while (owed.length > 0) {
			settling ??= settleAll().finally(() => {
				settling = null;
			});
			await settling;
		}
	}

	async function settleAll(): Promise<void> {
		for (let entry = owed[0]; entry !== undefined; entry = owed[0]) {
			await database.query(entry.statement, entry.parameters);
			owed.shift();
		}
	}

	/** A database that was only busy should not owe an entry for as long as the answer takes. */
	async function retry(): Promise<void> {
		if (isRetrying) return;
		isRetrying = true;
		for (let count = 0; count < mostRetries && owed.length > 0; count++) {
			await clock.wait(retryAfterMs);
			// Whoever settles at the end of the answer hears of what no waiting helps.
			await settle().catch(() => {
				failedAtMs = clock.now();
			});
		}
		isRetrying = false;
	}

	async function write(statement: string, parameters: unknown[]): Promise<void> {
		owed.push({ statement, parameters });
		if (clock.now() - failedAtMs < retryAfterMs) return;
		try {
			await settle();
		} catch (thrown) {
			const error = toBotError(thrown);
			if (!error.retryable) throw error;
			failedAtMs = clock.now();
			void retry();
		}
	}

	return {
		async intended(position, mode) {
			if (mode === 'stream') streams.add(position);
			else streams.delete(position);
			await write(upsertMessage, [replyId, position, place, mode]);
		},
		async shown(position, messageId) {
			known.add(messageId);
			await write(showMessage, [replyId, position, messageId]);
		},
		async final(position) {
			if (streams.has(position)) await write(endMessage, [replyId, position]);
		},
		async takenOver(position, messageId) {
			known.add(messageId);
			await write(takeMessageOver, [replyId, position, place, messageId]);
		},
		isKnown: (messageId) => known.has(messageId),
		settle,
	};
}

export async function readRecordedMessages(database: Database, replyId: string): Promise<RecordedMessage[]> {
	const rows = await database.query<MessageRow>(selectMessages, [replyId]);
	return rows.map(({ place, messageId, ...row }) => ({ ...row, reference: messageId === null ? null : { place, messageId } }));
}
