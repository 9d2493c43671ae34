/** A message that was sent although its answer was lost: nobody may send it a second time before the platform was asked. */

import type { MessageReference } from '../platform/chat-platform.ts';
import type { PartContext } from './part-context.ts';

/** Takes the message over as if its answer had come, when it is there. @throws BotError as `ChatPlatform.findOwnMessages`, at its pace. */
export async function takeOverLost(context: PartContext): Promise<void> {
	if (!context.isSendLost) return;
	const reference = await findLost(context);
	context.isSendLost = false;
	if (reference === null) return;
	context.reference = reference;
	context.isStreamOpen = context.road === 'stream';
	await context.deps.record.shown(context.options.position, reference.messageId);
	context.deps.observer.firstText();
}

/**
 * It bears the reply's mark and is none that is known; a stream bears no mark before it is closed, and the newest one is this one's,
 * for one conversation has one reply at a time.
 */
export async function findLost({ deps, options, road }: PartContext): Promise<MessageReference | null> {
	const { place, questionMessageId, signal } = options;
	const look = () => deps.platform.findOwnMessages(place, questionMessageId, signal);
	const own = await deps.pacer.run({ operation: 'read-thread', place, priority: 'final' }, signal, look);
	const unknown = own.filter(({ reference }) => !deps.record.isKnown(reference.messageId));
	const found = unknown.findLast(({ replyId }) => replyId === options.replyId || (replyId === null && road === 'stream'));
	return found?.reference ?? null;
}
