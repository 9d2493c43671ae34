/** The calls about one message that more than one of its stages makes. */

import type { BotError } from '../errors.ts';
import type { PacedCall } from '../pacing/pacer.ts';
import { type MessageReference, notSent, type OutgoingMessage, type Source } from '../platform/chat-platform.ts';
import { type MessageContext, waitsOf } from './reply-message-context.ts';
import { retryPlatformCall } from './retry.ts';

/** What a message shows. */
export interface MessageContent extends Pick<OutgoingMessage, 'text' | 'buttons'> {
	sources?: readonly Source[];
}

export function outgoingMessageOf({ options, isBare }: MessageContext, { text, buttons, sources = [] }: MessageContent): OutgoingMessage {
	const cited = sources.length === 0 ? {} : { sources: { sources, words: options.sourceWords } };
	return { text, buttons, ...cited, replyId: options.replyId, ...(isBare ? { isBare } : {}) };
}

/** A new message, which must not appear twice. */
export function newMessageOf(context: MessageContext, content: MessageContent): OutgoingMessage {
	const { replyId, position, questionMessageId } = context.options;
	const sendKey = `${replyId}:${position}:${context.number}`;
	return { ...outgoingMessageOf(context, content), inReplyTo: questionMessageId, sendKey };
}

/** Nobody knows whether the message is on the platform. */
export function mayHaveArrived(error: BotError | null): boolean {
	return error?.code === 'PLATFORM_UNAVAILABLE' && error.reason !== notSent;
}

/** A call that ends something: it goes first, and uses up the slot that was kept for it. */
export function finalCall({ options, reservation, mode }: MessageContext, operation: PacedCall['operation']): PacedCall {
	const isKept = reservation.operation === operation || (operation === 'edit' && mode === 'edit');
	return { operation, place: options.place, priority: 'final', ...(isKept ? { reservation: reservation.id } : {}) };
}

/** Makes such a call when it has its turn, until the platform answers. @throws BotError as `retryPlatformCall`. */
export async function sendFinal<Result>(
	context: MessageContext,
	operation: PacedCall['operation'],
	send: () => Promise<Result>,
): Promise<Result> {
	const { deps, options } = context;
	const waits = waitsOf(options);
	return await retryPlatformCall(deps.clock, waits, () => deps.pacer.run(finalCall(context, operation), waits, send));
}

/** As `sendFinal`, at the pace that the platform wants for calls about one stream. */
export async function sendClose(context: MessageContext, send: () => Promise<void>, waits = waitsOf(context.options)): Promise<void> {
	const { deps, streamPace } = context;
	await retryPlatformCall(deps.clock, waits, async () => {
		await streamPace.rest(waits);
		await deps.pacer.run(finalCall(context, 'close-stream'), waits, () => streamPace.call(send));
	});
}

/** Ends a stream with the text that it shows. */
export async function closeAsItIs({ deps, options }: MessageContext, reference: MessageReference): Promise<void> {
	await deps.platform.closeStream(reference, '', { text: '', buttons: [] }, options.signal);
}
