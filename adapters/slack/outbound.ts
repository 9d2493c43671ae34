/** What the bot says on Slack: posts, edits, native streams, private words and the status line. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Button, ChatPlatform, MessageReference, OutgoingMessage, Refusal } from '#src/platform/chat-platform.ts';
import { inFirstForm } from '#src/platform/first-form.ts';
import type { Place } from '#src/platform/place.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import type { SlackCall } from './client.ts';
import { toOfferMessage, toPassageMessage, toResultBlocks, toResultText, toSlackMessage } from './format.ts';
import { createStreamTexts } from './stream-texts.ts';

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
	| 'suggestPrompts'
>;

/** What one person is told. Blocks, where there are any, are shown instead of the text. */
interface PrivateMessage {
	text: string;
	blocks?: Record<string, unknown>[];
}

/** Model text must reach nobody but its readers: no previews fetched, no names turned into mentions. */
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' };

const privateTimeoutMs = 10_000;

/** Refusals that say something about one thread, and nothing about the app. */
const aboutOnePlace: ReadonlySet<Refusal | null> = new Set<Refusal>(['may-not-post', 'message-gone', 'place-gone']);

/** Refusals that say nothing about the person whom the words are for. */
const outOfChannel: ReadonlySet<Refusal | null> = new Set<Refusal>(['may-not-post', 'place-gone']);

export function createOutbound(call: SlackCall, streaming: { sessions: boolean }): Outbound {
	const texts = createStreamTexts();
	let mayMarkSessions = streaming.sessions;

	/**
	 * Shows Slack's own Stop control while a stream runs (`processing`), or takes it away. Nothing waits for it, and its failure costs no
	 * word. An app without the agent view has none: then we stop asking.
	 */
	function markSession({ place }: MessageReference, status: 'processing' | 'active', initiator: Record<string, string> = {}): void {
		if (!mayMarkSessions) return;
		const parameters = { channel_id: place.channelId, thread_ts: place.threadId, status, ...initiator };
		call('agents.sessions.setStatus', parameters).catch((error: BotError) => {
			if (error.code === 'PLATFORM_REJECTED' && !aboutOnePlace.has(refusalOf(error))) mayMarkSessions = false;
		});
	}

	/** A stream that Slack refuses is over, by Stop or by age, and nobody closes it any more: its control would stay for ever. */
	async function callStream(
		method: string,
		reference: MessageReference,
		parameters: Record<string, unknown>,
		signal: AbortSignal,
	): Promise<void> {
		try {
			await call(method, { ...addressOf(reference), ...parameters }, signal);
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') {
				markSession(reference, 'active');
				texts.forget(reference.messageId);
			}
			throw thrown;
		}
	}

	/** What would be added must not be shown like this: the stream ends as it is, and the core edits the message. */
	async function closeAsItIs(reference: MessageReference, signal: AbortSignal): Promise<never> {
		await callStream('chat.stopStream', reference, mayMarkSessions ? { session_status: 'active' } : {}, signal);
		texts.forget(reference.messageId);
		throw new BotError('PLATFORM_REJECTED', 'the stream is not open', { reason: 'stream-closed' satisfies Refusal });
	}

	/** Where the channel takes no words at all, they go into the direct message, with the channel's name before them. */
	async function sendInChannel(place: Place, { accountId }: Actor, words: PrivateMessage, signal: AbortSignal): Promise<void> {
		try {
			await call('chat.postEphemeral', { ...target(place), user: accountId, ...words, ...quiet }, signal);
		} catch (thrown) {
			const isOfChannel = thrown instanceof BotError && (outOfChannel.has(refusalOf(thrown)) || thrown.reason === 'user_not_in_channel');
			if (!isOfChannel) throw thrown;
			// "chat.postMessage": a user's id stands for the direct message with them.
			await call('chat.postMessage', { channel: accountId, ...withChannel(words, place), ...quiet }, signal);
		}
	}

	async function whisper(
		place: Place,
		actor: Actor,
		words: PrivateMessage,
		replyHandle: string | undefined,
		signal: AbortSignal,
	): Promise<void> {
		if (replyHandle !== undefined && (await respond(replyHandle, place, words, signal))) return;
		if (place.kind === 'direct') await call('chat.postMessage', { ...target(place), ...words, ...quiet }, signal);
		else await sendInChannel(place, actor, words, signal);
	}

	return {
		async post(place, message, signal) {
			const plain = message.isBare ? { mrkdwn: false } : {};
			const answer = await call('chat.postMessage', { ...target(place), ...toSlackMessage(message), ...quiet, ...plain }, signal);
			return { place, messageId: String(answer['ts']) };
		},
		async edit(reference, message, signal) {
			await call('chat.update', { ...addressOf(reference), ...toSlackMessage(message), link_names: false, parse: 'none' }, signal);
		},
		async remove(reference, signal) {
			await call('chat.delete', addressOf(reference), signal);
		},
		async openStream(place, recipient, text, signal) {
			const outsideDirect = { recipient_user_id: recipient.accountId, recipient_team_id: recipient.tenantId };
			const shown = texts.begin(text);
			const parameters = { ...target(place), markdown_text: shown, ...(place.kind === 'direct' ? {} : outsideDirect) };
			const answer = await call('chat.startStream', parameters, signal);
			const reference = { place, messageId: String(answer['ts']) };
			texts.remember(reference.messageId, shown);
			markSession(reference, 'processing', { initiator_user_id: recipient.accountId });
			return reference;
		},
		async appendStream(reference, { delta, text }, signal) {
			const shown = texts.add(reference.messageId, delta, text);
			if (shown === null) return await closeAsItIs(reference, signal);
			await callStream('chat.appendStream', reference, { markdown_text: delta }, signal);
			texts.remember(reference.messageId, shown);
		},
		async closeStream(reference, delta, message, signal) {
			if (texts.add(reference.messageId, delta, message.text) === null) return await closeAsItIs(reference, signal);
			const parameters = {
				...(delta === '' ? {} : { markdown_text: delta }),
				...closingBlocks(message),
				...(mayMarkSessions ? { session_status: 'active' } : {}),
			};
			await callStream('chat.stopStream', reference, parameters, signal);
			texts.forget(reference.messageId);
		},
		async showActivity(place, text, signal) {
			await call('assistant.threads.setStatus', { channel_id: place.channelId, thread_ts: place.threadId, status: text ?? '' }, signal);
		},
		async sendPrivately(place, actor, told, replyHandle, signal) {
			const text = toResultText(told);
			const blocks = toResultBlocks(told);
			const forms: [PrivateMessage, ...PrivateMessage[]] = blocks === null ? [{ text }] : [{ text, blocks }, { text }];
			await inFirstForm(forms, async (words) => await whisper(place, actor, words, replyHandle, signal));
		},
		async showPassage(place, actor, passage, replyHandle, signal) {
			await whisper(place, actor, toPassageMessage(passage), replyHandle, signal);
		},
		async sendOffer(place, actor, offer, signal) {
			await whisper(place, actor, toOfferMessage(offer), undefined, signal);
		},
		async suggestPrompts(place, { prompts }, signal) {
			await call('assistant.threads.setSuggestedPrompts', { channel_id: place.channelId, prompts }, signal);
		},
	};
}

/** In the direct message nobody sees where it belongs. */
function withChannel({ text, blocks }: PrivateMessage, { channelId }: Place): PrivateMessage {
	const channel = { type: 'context', elements: [{ type: 'mrkdwn', text: `<#${channelId}>` }] };
	return { text: `<#${channelId}>: ${text}`, ...(blocks === undefined ? {} : { blocks: [channel, ...blocks] }) };
}

function target(place: Place): Record<string, string> {
	return { channel: place.channelId, ...(place.threadId === '' ? {} : { thread_ts: place.threadId }) };
}

function addressOf(reference: MessageReference): Record<string, string> {
	return { channel: reference.place.channelId, ts: reference.messageId };
}

/** The streamed text stays as it is; only what belongs below it is added. */
function closingBlocks(message: OutgoingMessage): Record<string, unknown> {
	const buttons: Button[] = message.buttons;
	const { blocks, metadata } = toSlackMessage({ ...message, text: '', buttons });
	return { ...(blocks.length === 0 ? {} : { blocks }), ...(metadata === undefined ? {} : { metadata }) };
}

/** `response_url` takes five answers within half an hour ("Handling user interaction"); we send one. False when that time is over. */
async function respond(url: string, { threadId }: Place, words: PrivateMessage, signal: AbortSignal): Promise<boolean> {
	// Without its thread it stands in the channel, where nobody looks who reads the thread.
	const thread = threadId === '' ? {} : { thread_ts: threadId };
	const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...thread, ...words });
	const timeout = AbortSignal.any([signal, AbortSignal.timeout(privateTimeoutMs)]);
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: timeout }).catch((cause) => {
		if (signal.aborted) throw new BotError('CANCELLED', 'a private answer was not waited for', { cause });
		throw new BotError('PLATFORM_UNAVAILABLE', 'Slack did not take a private answer', { retryable: true, cause });
	});
	await answer.body?.cancel();
	if (answer.status >= 500 || answer.status === 429) {
		throw new BotError('PLATFORM_UNAVAILABLE', `Slack did not take a private answer: HTTP ${answer.status}`, { retryable: true });
	}
	return answer.ok;
}
