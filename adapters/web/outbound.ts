/** What the bot says on the web: told to every page that has the conversation open, in whatever process. */

import { randomUUID } from 'node:crypto';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { stableId } from '#src/identity/stable-id.ts';
import type { LivePublisher } from '#src/live/live-publisher.ts';
import type { ChatPlatform, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { messageGone, noAccounts, throwIfCancelled, unsupported } from './errors.ts';
import { furnitureOf, noticeOfOffer, noticeOfPassage, noticeOfResult } from './format.ts';

type Outbound = Pick<
	ChatPlatform,
	| 'post'
	| 'edit'
	| 'remove'
	| 'openStream'
	| 'appendStream'
	| 'closeStream'
	| 'showActivity'
	| 'sendPrivately'
	| 'showPassage'
	| 'sendOffer'
	| 'sendFile'
	| 'openPersonalChat'
	| 'suggestPrompts'
>;

export function createOutbound(live: LivePublisher): Outbound {
	async function show(place: Place, messageId: string, message: OutgoingMessage): Promise<void> {
		const named = { messageId, answerId: message.replyId ?? null };
		const isShown = await live.show(conversationIdOf(place), named, { text: message.text, ...furnitureOf(message) });
		if (!isShown) throw messageGone();
	}

	return {
		async post(place, message, signal) {
			throwIfCancelled(signal);
			// Sent again, also by another process, it is the same message.
			const messageId = message.sendKey === undefined ? randomUUID() : stableId(`web-message:${message.sendKey}`);
			await show(place, messageId, message);
			return { place, messageId };
		},
		async edit({ place, messageId }, message, signal) {
			throwIfCancelled(signal);
			await show(place, messageId, message);
		},
		async remove({ place, messageId }, signal) {
			throwIfCancelled(signal);
			await live.remove(conversationIdOf(place), messageId);
		},
		openStream: noStreams,
		appendStream: noStreams,
		closeStream: noStreams,
		async showActivity(place, text, signal) {
			throwIfCancelled(signal);
			await live.act(conversationIdOf(place), text ?? '');
		},
		async sendPrivately(place, _actor, told, _replyHandle, signal) {
			throwIfCancelled(signal);
			await live.tell(conversationIdOf(place), noticeOfResult(randomUUID(), told), { isKept: true });
		},
		async showPassage(place, _actor, passage, _replyHandle, signal) {
			throwIfCancelled(signal);
			// Of a document no copy is kept that would not go with it.
			await live.tell(conversationIdOf(place), noticeOfPassage(randomUUID(), passage), { isKept: false });
		},
		async sendOffer(place, _actor, offer, signal) {
			throwIfCancelled(signal);
			await live.tell(conversationIdOf(place), noticeOfOffer(randomUUID(), offer), { isKept: true });
		},
		async sendFile() {
			throw unsupported('files of the bot');
		},
		async openPersonalChat() {
			throw noAccounts();
		},
		async suggestPrompts() {
			// The page has its own; `capabilities` says so.
		},
	};
}

async function noStreams(): Promise<never> {
	throw unsupported('native streams');
}
