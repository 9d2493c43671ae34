/** A message that was sent although its answer was lost: nobody may send it a second time before the platform was asked. */

import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { MessageContext } from './reply-message-context.ts';
import { placed, unsent } from './reply-message-state.ts';

export interface LostSearch {
	platform: ChatPlatform;
	pacer: Pacer;
	place: Place;
	/** Whatever the bot said in the thread came after it. */
	questionMessageId: string;
	replyId: string;
	/** Of which the id is written down: it is not lost. */
	isKnown(messageId: string): boolean;
	/** A stream may be among what is lost. */
	mayBeStream: boolean;
}

/**
 * The reply's messages that nobody knows, oldest first: they bear its mark. A stream bears none before it is closed, and one conversation has one
 * reply at a time; other messages without a mark are answers to commands, which come at any time.
 * @throws BotError as `ChatPlatform.findOwnMessages`, at its pace: after a crash many are looked for at once.
 */
export async function findLost(search: LostSearch, signal: AbortSignal): Promise<MessageReference[]> {
	const { platform, pacer, place, questionMessageId, replyId, isKnown, mayBeStream } = search;
	const look = () => platform.findOwnMessages(place, questionMessageId, signal);
	const own = await pacer.run({ operation: 'read-thread', place, priority: 'final' }, signal, look);
	const isOurs = (mark: string | null) => mark === replyId || (mark === null && mayBeStream);
	return own.filter((found) => !isKnown(found.reference.messageId) && isOurs(found.replyId)).map(({ reference }) => reference);
}

/** The newest one is the message that was sent last. */
export async function findLastLost({ deps, options, mode }: MessageContext): Promise<MessageReference | null> {
	const { platform, pacer, record } = deps;
	const { place, questionMessageId, replyId, signal } = options;
	const isKnown = (messageId: string) => record.isKnown(messageId);
	const search = { platform, pacer, place, questionMessageId, replyId, isKnown, mayBeStream: mode === 'stream' };
	return (await findLost(search, signal)).at(-1) ?? null;
}

/** Goes on with a lost message as if its answer had come, when it is there. @throws BotError as `findLost`. */
export async function takeOverLost(context: MessageContext): Promise<void> {
	const { deps, options, state } = context;
	if (state.kind !== 'lost') return;
	const reference = await findLastLost(context);
	context.state = reference === null ? unsent : placed(reference, state.shown, state.isStream);
	if (reference === null) return;
	await deps.record.shown(options.position, reference.messageId);
	deps.observer.firstText();
}
