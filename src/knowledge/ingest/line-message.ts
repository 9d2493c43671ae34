/** One message of the bot that is posted once and edited from then on, also when the process that posted it died at that. */

import { type BotError, toBotError } from '../../errors.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import { type ChatPlatform, type MessageReference, notSent, type OutgoingMessage } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import type { Notice } from './notices.ts';

export interface Line {
	/** Marks it on the platform, so that it is found again. */
	id: string;
	place: Place;
	/** Rendered for the platform. */
	text: string;
	/** The message that it is about; null for one that stands alone, which nobody can look for. */
	inReplyTo: string | null;
}

export interface LineDependencies {
	platform: ChatPlatform;
	pacer: Pick<Pacer, 'run'>;
	/** Writes down what there is, for whoever goes on with it. */
	keep(notice: Notice): Promise<void>;
}

/**
 * Shows the line, where `notice` is what was kept of it last. Where it may have been sent and nobody can say, and where the platform refuses it,
 * it is left as it is for good. @throws BotError as `ChatPlatform.post` and `edit` for what may pass later, and as `keep`.
 */
export async function showLine(deps: LineDependencies, line: Line, notice: Notice, signal: AbortSignal): Promise<void> {
	const { keep } = deps;
	const reference = notice === null ? null : await find(deps, line, notice.messageId, signal);
	if (reference === 'unknown') return await keep({ messageId: null, text: line.text, isOver: true });
	try {
		const { messageId } = reference === null ? await post(deps, line, signal) : await edit(deps, line, reference, signal);
		await keep({ messageId, text: line.text });
	} catch (thrown) {
		const error = toBotError(thrown);
		// The place or the message is gone, or the bot may not write there.
		if (error.code === 'PLATFORM_REJECTED') return await keep({ messageId: reference?.messageId ?? null, text: line.text, isOver: true });
		if (reference === null && isUnsent(error)) await keep(null);
		throw error;
	}
}

/** Null when it was not sent; `unknown` when it may have been. */
async function find(
	{ platform, pacer }: LineDependencies,
	{ id, place, inReplyTo }: Line,
	messageId: string | null,
	signal: AbortSignal,
): Promise<MessageReference | 'unknown' | null> {
	if (messageId !== null) return { place, messageId };
	if (inReplyTo === null || !platform.capabilities.findsOwnMessages) return 'unknown';
	const look = () => platform.findOwnMessages(place, inReplyTo, signal);
	const own = await pacer.run({ operation: 'read-thread', place, priority: 'update' }, signal, look);
	return own.find(({ replyId }) => replyId === id)?.reference ?? null;
}

async function post({ platform, pacer, keep }: LineDependencies, line: Line, signal: AbortSignal): Promise<MessageReference> {
	await keep({ messageId: null, text: '' });
	const call = { operation: 'post', place: line.place, priority: 'update' } as const;
	return await pacer.run(call, signal, () => platform.post(line.place, outgoing(line), signal));
}

async function edit(
	{ platform, pacer }: LineDependencies,
	line: Line,
	reference: MessageReference,
	signal: AbortSignal,
): Promise<MessageReference> {
	const call = { operation: 'edit', place: line.place, priority: 'update' } as const;
	await pacer.run(call, signal, () => platform.edit(reference, outgoing(line), signal));
	return reference;
}

function outgoing({ id, text, inReplyTo }: Line): OutgoingMessage {
	return { text, buttons: [], replyId: id, isAside: true, sendKey: id, ...(inReplyTo === null ? {} : { inReplyTo }) };
}

function isUnsent({ code, reason }: BotError): boolean {
	return code === 'PLATFORM_RATE_LIMITED' || reason === notSent;
}
