/** Recovers the messages of an interrupted attempt, so that it leaves no orphan and the answer appears once. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { findLost } from './lost-message.ts';
import { type OwingRecord, type RecordedMessage, readRecordedMessages } from './reply-record.ts';
import { retryPlatformCall } from './retry.ts';

export interface RecoveryOptions {
	platform: ChatPlatform;
	pacer: Pacer;
	clock: Clock;
	database: Database;
	record: OwingRecord;
	/** The reply whose messages are recovered. */
	replyId: string;
	place: Place;
	/** The question: whatever the bot said in the thread came after it. */
	questionMessageId: string;
}

/**
 * @returns the messages in order, closed and ready to be edited; empty when nothing had been sent.
 * @throws BotError as `ChatPlatform` when the thread cannot be read although a message may be lost in it.
 */
export async function recoverMessages(options: RecoveryOptions, signal: AbortSignal): Promise<MessageReference[]> {
	const recorded = await readRecordedMessages(options.database, options.replyId);
	const lost = await findUnrecorded(options, recorded, signal);
	const open = recorded
		.filter((message) => message.mode === 'stream' && message.state !== 'final')
		.flatMap(({ reference }) => reference ?? []);
	// A message whose id was never written down may be a stream too, and cannot be edited while it is open.
	for (const reference of [...open, ...lost]) await close(options, reference, signal);
	const references = [...recorded.flatMap(({ reference }) => reference ?? []), ...lost];
	references.sort((left, right) => (left.messageId < right.messageId ? -1 : 1));
	for (const [position, reference] of references.entries()) await options.record.takenOver(position, reference.messageId);
	return references;
}

/** Messages that were about to be sent, and whose ids were never written down. */
async function findUnrecorded(options: RecoveryOptions, recorded: RecordedMessage[], signal: AbortSignal): Promise<MessageReference[]> {
	const missed = recorded.filter(({ reference }) => reference === null);
	if (missed.length === 0 || !options.platform.capabilities.findsOwnMessages) return [];
	const known = new Set(recorded.map(({ reference }) => reference?.messageId));
	const isKnown = (messageId: string) => known.has(messageId);
	return await findLost({ ...options, isKnown, mayBeStream: missed.some(({ mode }) => mode === 'stream') }, signal);
}

/** After a crash many streams are open at once, so each waits for its turn. One that is closed already is as good as closed. */
async function close(options: RecoveryOptions, reference: MessageReference, signal: AbortSignal): Promise<void> {
	const { platform, pacer, clock, place, replyId } = options;
	if (platform.capabilities.stream === null) return;
	const send = () => platform.closeStream(reference, '', { text: '', buttons: [], replyId }, signal);
	try {
		await retryPlatformCall(clock, signal, () => pacer.run({ operation: 'close-stream', place, priority: 'final' }, signal, send));
	} catch (thrown) {
		if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
	}
}
