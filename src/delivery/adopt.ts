/** Takes over the messages of an interrupted attempt, so that it leaves no orphan and the answer appears once. */

import type { Database } from '../database/database.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { ReplyRecord } from './part-context.ts';
import { type RecordedPart, readRecordedParts } from './reply-record.ts';

export interface AdoptOptions {
	platform: ChatPlatform;
	database: Database;
	record: ReplyRecord;
	/** The reply whose messages are taken over. */
	replyId: string;
	place: Place;
	/** The question: whatever the bot said in the thread came after it. */
	questionMessageId: string;
}

/**
 * @returns the messages in order, closed and ready to be edited; empty when nothing had been sent.
 * @throws BotError as `ChatPlatform` when the thread cannot be read although a message may be lost in it.
 */
export async function adoptMessages(options: AdoptOptions, signal: AbortSignal): Promise<MessageReference[]> {
	const { platform, database, replyId } = options;
	const recorded = await readRecordedParts(database, replyId);
	const isOneLost = recorded.some((part) => part.reference === null);
	const lost = isOneLost ? await findLost(options, recorded, signal) : [];
	for (const part of recorded) await closeIfOpen(platform, part, signal);
	// A message whose id was never written down may be a stream too, and cannot be edited while it is open.
	for (const reference of lost) await closeQuietly(platform, reference, signal);
	const references = [...recorded.flatMap((part) => part.reference ?? []), ...lost];
	references.sort((left, right) => (left.messageId < right.messageId ? -1 : 1));
	for (const [position, reference] of references.entries()) {
		await options.record.intended(position, 'edit');
		await options.record.shown(position, reference.messageId);
	}
	return references;
}

async function findLost(options: AdoptOptions, recorded: RecordedPart[], signal: AbortSignal): Promise<MessageReference[]> {
	const { platform, place, questionMessageId, replyId } = options;
	const own = await platform.findOwnMessages(place, questionMessageId, signal);
	const known = new Set(recorded.map((part) => part.reference?.messageId));
	// A stream bears no mark until it is closed. One conversation has one reply at a time, so an unmarked message can only be this one's.
	return own
		.filter((found) => !known.has(found.reference.messageId) && (found.replyId === replyId || found.replyId === null))
		.map((found) => found.reference);
}

async function closeIfOpen(platform: ChatPlatform, part: RecordedPart, signal: AbortSignal): Promise<void> {
	if (part.mode === 'stream' && part.reference !== null && part.state !== 'final') await closeQuietly(platform, part.reference, signal);
}

/** Already closed is as good as closed. */
async function closeQuietly(platform: ChatPlatform, reference: MessageReference, signal: AbortSignal): Promise<void> {
	if (platform.capabilities.stream === null) return;
	await platform.closeStream(reference, '', { text: '', buttons: [] }, signal).catch(() => {});
}
