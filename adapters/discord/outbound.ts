/** What the bot says on Discord: posts, edits, private words and "is typing". */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, MessageReference, OutgoingMessage } from '#src/platform/chat-platform.ts';
import { inFirstForm } from '#src/platform/first-form.ts';
import type { Place } from '#src/platform/place.ts';
import type { Refusal } from '#src/platform/refusal.ts';
import { shortened } from '#src/text.ts';
import { discordCapabilities, mostFileBytes } from './capabilities.ts';
import type { DiscordCall, DiscordRequest } from './client.ts';
import { escapeMarkdown, toDiscordMessage, toNonce, toPassageContent, toPrivateOffer, toResultEmbeds, toResultText } from './format.ts';
import { placeOf } from './inbound.ts';
import type { InteractionAnswers } from './interaction-answers.ts';
import { messageOf } from './interaction-events.ts';
import { asId, asObject, asText, type Json } from './json.ts';
import type { MessageMemory } from './message-memory.ts';
import { type PrivateMessage, quiet, quietly } from './outgoing.ts';

const { limit } = discordCapabilities.messageText;

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
	call: DiscordCall;
	answers: InteractionAnswers;
	memory: MessageMemory;
	botUserId: () => string;
}

/** Nobody may write to this person directly, or not here. */
const directRefusals = new Set(['direct-messages-closed', 'no-access', 'no-permission', 'user-unknown']);

export function createOutbound({ call, answers, memory, botUserId }: OutboundDependencies): Outbound {
	async function create(place: Place, body: Json, signal: AbortSignal, files?: DiscordRequest['files']): Promise<Json> {
		const request = { method: 'POST', route: `/channels/${place.channelId}/messages`, body: { ...quiet, ...body } } as const;
		return asObject(await call('create message', { ...request, ...(files === undefined ? {} : { files }) }, signal));
	}

	async function edit({ place, messageId }: MessageReference, message: OutgoingMessage, signal: AbortSignal): Promise<void> {
		const body = { ...toDiscordMessage(message, place.threadId), ...quiet };
		await call('edit message', { method: 'PATCH', route: `/channels/${place.channelId}/messages/${messageId}`, body }, signal);
	}

	async function post(place: Place, message: OutgoingMessage, signal: AbortSignal): Promise<MessageReference> {
		const shown = toDiscordMessage(message, place.threadId);
		const once = message.sendKey === undefined ? {} : { nonce: toNonce(message.sendKey), enforce_nonce: true };
		const created = await create(place, { ...shown, ...tieOf(place, message), ...once }, signal);
		const reference = { place, messageId: asId(created['id']) };
		if (place.threadId !== '') memory.remember(reference.messageId, { authorId: botUserId(), rootId: place.threadId });
		// Sent before, and its answer lost: Discord gives the message of then, with the text of then.
		if (asText(created['content']) !== shown.content.trim()) await edit(reference, message, signal);
		return reference;
	}

	async function openDirect({ accountId }: Actor, signal: AbortSignal): Promise<string> {
		const request = { method: 'POST', route: '/users/@me/channels', body: { recipient_id: accountId } } as const;
		return asId(asObject(await call('open direct channel', request, signal))['id']);
	}

	/** False when the person takes no messages from the bot. */
	async function sendDirectly(place: Place, actor: Actor, message: PrivateMessage, signal: AbortSignal): Promise<boolean> {
		try {
			await create({ ...place, channelId: await openDirect(actor, signal) }, quietly(message), signal);
			return true;
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED' && directRefusals.has(thrown.reason ?? '')) return false;
			throw thrown;
		}
	}

	/** Never where others see it. */
	async function sendAlone(place: Place, actor: Actor, message: PrivateMessage, signal: AbortSignal): Promise<void> {
		if (place.kind === 'direct') await create(place, message, signal);
		else if (!(await sendDirectly(place, actor, message, signal))) {
			throw new BotError('PLATFORM_REJECTED', 'nothing can be shown to this person alone', { reason: 'not-alone' satisfies Refusal });
		}
	}

	return {
		post,
		edit,
		async remove({ place, messageId }, signal) {
			await call('delete message', { method: 'DELETE', route: `/channels/${place.channelId}/messages/${messageId}` }, signal);
		},
		openStream: noStreams,
		appendStream: noStreams,
		closeStream: noStreams,
		async showActivity(place, text, signal) {
			// It cannot be taken away: it goes by itself, or with the bot's next message.
			if (text !== null) await call('show typing', { method: 'POST', route: `/channels/${place.channelId}/typing` }, signal);
		},
		async sendPrivately(place, actor, told, replyHandle, signal) {
			const content = toResultText(told, limit);
			const embeds = toResultEmbeds(told);
			await inFirstForm<PrivateMessage>(embeds === null ? [{ content }] : [{ embeds }, { content }], async (message) => {
				if (replyHandle !== undefined && (await answers.answer(replyHandle, message, signal))) return;
				if (place.kind !== 'direct' && (await sendDirectly(place, actor, message, signal))) return;
				// In a guild everybody sees it then: better than silence, and the core's own words hold nothing private.
				const addressed = place.kind === 'direct' ? message : { content: shortened(`<@${actor.accountId}> ${content}`, limit) };
				await create(place, { ...quietly(addressed), ...tieOf(place, {}) }, signal);
			});
		},
		async showPassage(place, actor, passage, replyHandle, signal) {
			const message = { content: toPassageContent(passage) };
			if (replyHandle !== undefined && (await answers.answer(replyHandle, message, signal))) return;
			await sendAlone(place, actor, message, signal);
		},
		async sendOffer(place, actor, offer, signal) {
			await sendAlone(place, actor, toPrivateOffer(offer), signal);
		},
		async sendFile(place, { name, mediaType, bytes }, comment, signal) {
			if (bytes.byteLength > mostFileBytes) {
				throw new BotError('PLATFORM_REJECTED', 'a file is larger than Discord takes', { reason: 'too-long' satisfies Refusal });
			}
			const content = shortened(escapeMarkdown(comment), limit);
			const created = await create(place, { content, ...tieOf(place, {}) }, signal, [{ name, contentType: mediaType, data: bytes }]);
			if (place.threadId !== '') memory.remember(asId(created['id']), { authorId: botUserId(), rootId: place.threadId });
		},
		async openPersonalChat(actor, _lastSeen, signal) {
			return placeOf({ id: await openDirect(actor, signal), guildId: null, isThread: false }, '');
		},
		async suggestPrompts() {
			// Discord has no empty conversation that a bot could fill; `capabilities` says so.
		},
	};
}

/** What it is a reply to: the question in the channels of a guild, and anywhere a message that somebody asked about. */
function tieOf(place: Place, { inReplyTo, isBare = false }: Pick<OutgoingMessage, 'inReplyTo' | 'isBare'>): Json {
	if (isBare) return {};
	const isAskedAbout = inReplyTo?.includes('.') === true;
	const messageId = messageOf(place.threadId === '' && !isAskedAbout ? '' : (inReplyTo ?? place.threadId));
	return messageId === '' ? {} : { message_reference: { message_id: messageId, fail_if_not_exists: false } };
}

async function noStreams(): Promise<never> {
	throw new BotError('PLATFORM_REJECTED', 'Discord has no native streams', { reason: 'unsupported' });
}
