/** What the bot says on the web: told to every page that has the conversation open, in whatever process. */

import { randomUUID } from 'node:crypto';
import type { PrivateNotices } from '#src/history/private-notices.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { stableId } from '#src/identity/stable-id.ts';
import type { LiveNotice } from '#src/live/live-conversation.ts';
import type { LivePublisher } from '#src/live/live-publisher.ts';
import type { ChatPlatform, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { messageGone, noPersonalChats, throwIfCancelled, unsupported } from './errors.ts';
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

export interface OutboundDependencies {
	live: LivePublisher;
	/** For whoever is not there when they are told something. */
	notices: Pick<PrivateNotices, 'keep'>;
}

export function createOutbound({ live, notices }: OutboundDependencies): Outbound {
	async function show(place: Place, messageId: string, message: OutgoingMessage): Promise<void> {
		const named = { messageId, answerId: message.isAside === true ? null : (message.replyId ?? null) };
		const isShown = await live.show(conversationIdOf(place), named, { text: message.text, ...furnitureOf(message) });
		if (!isShown) throw messageGone();
	}

	/** The channel of a conversation is its person. */
	async function tellAndKeep(place: Place, notice: LiveNotice): Promise<void> {
		const conversationId = conversationIdOf(place);
		await notices.keep(place.channelId, conversationId, notice);
		await live.tell(conversationId, notice);
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
			await tellAndKeep(place, noticeOfResult(randomUUID(), told));
		},
		async showPassage(place, _actor, passage, _replyHandle, signal) {
			throwIfCancelled(signal);
			// Of a document no copy is kept that would not go with it.
			await live.tell(conversationIdOf(place), noticeOfPassage(randomUUID(), passage));
		},
		async sendOffer(place, _actor, offer, signal) {
			throwIfCancelled(signal);
			await tellAndKeep(place, noticeOfOffer(randomUUID(), offer));
		},
		async sendFile() {
			throw unsupported('files of the bot');
		},
		async openPersonalChat() {
			throw noPersonalChats();
		},
		async suggestPrompts() {
			// The page has its own; `capabilities` says so.
		},
	};
}

async function noStreams(): Promise<never> {
	throw unsupported('native streams');
}
