/** Takes over the messages of an interrupted attempt, so that it leaves no orphan and the answer appears once. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { persist } from './persistence.ts';
import { type OwingRecord, type RecordedPart, readRecordedParts } from './reply-record.ts';

export interface AdoptOptions {
	platform: ChatPlatform;
	pacer: Pacer;
	clock: Clock;
	database: Database;
	record: OwingRecord;
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
	const { database, replyId } = options;
	const recorded = await readRecordedParts(database, replyId);
	const isOneLost = options.platform.capabilities.findsOwnMessages && recorded.some((part) => part.reference === null);
	const lost = isOneLost ? await findLost(options, recorded, signal) : [];
	const open = recorded.filter((part) => part.mode === 'stream' && part.state !== 'final').flatMap((part) => part.reference ?? []);
	// A message whose id was never written down may be a stream too, and cannot be edited while it is open.
	for (const reference of [...open, ...lost]) await close(options, reference, signal);
	const references = [...recorded.flatMap((part) => part.reference ?? []), ...lost];
	references.sort((left, right) => (left.messageId < right.messageId ? -1 : 1));
	for (const [position, reference] of references.entries()) await options.record.takenOver(position, reference.messageId);
	return references;
}

async function findLost(options: AdoptOptions, recorded: RecordedPart[], signal: AbortSignal): Promise<MessageReference[]> {
	const { platform, pacer, place, questionMessageId, replyId } = options;
	const look = () => platform.findOwnMessages(place, questionMessageId, signal);
	// After a crash many are looked for at once.
	const own = await pacer.run({ operation: 'read-thread', place, priority: 'final' }, signal, look);
	const known = new Set(recorded.map((part) => part.reference?.messageId));
	// A stream bears no mark until it is closed; other messages without one are answers to commands, which come at any time.
	const isStreamLost = recorded.some((part) => part.reference === null && part.mode === 'stream');
	const isOurs = (mark: string | null) => mark === replyId || (mark === null && isStreamLost);
	return own.filter((found) => !known.has(found.reference.messageId) && isOurs(found.replyId)).map((found) => found.reference);
}

/** After a crash many streams are open at once, so each waits for its turn. One that is closed already is as good as closed. */
async function close(options: AdoptOptions, reference: MessageReference, signal: AbortSignal): Promise<void> {
	const { platform, pacer, clock, place, replyId } = options;
	if (platform.capabilities.stream === null) return;
	const closeStream = () => platform.closeStream(reference, '', { text: '', buttons: [], replyId }, signal);
	try {
		await persist(clock, signal, () => pacer.run({ operation: 'close-stream', place, priority: 'final' }, signal, closeStream));
	} catch (thrown) {
		if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
	}
}
