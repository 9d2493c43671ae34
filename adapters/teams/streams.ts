/** Native streams in one-to-one chats ("Stream bot messages"): the whole text each time, numbered, and closed by a last message. */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { ChatPlatform, MessageReference, OutgoingMessage, Refusal } from '#src/platform/chat-platform.ts';
import type { Connector } from './connector-client.ts';
import { toStreamEnd, toWireText } from './format.ts';
import { asObject, type Json } from './json.ts';

export interface Streams extends Pick<ChatPlatform, 'openStream' | 'appendStream' | 'closeStream'> {
	/** Whether this process has a stream open at the message. */
	isOpen(reference: MessageReference): boolean;
	/** The message is gone, and its stream with it. */
	forget(reference: MessageReference): void;
}

interface OpenStream {
	sequence: number;
	/** The longest text that the stream is known to show: every later one must begin with it. */
	shown: string;
	openedAtMs: number;
}

/** A stream lives two minutes; what is older was left by a reply that could not be ended. */
const forgottenAfterMs = 5 * 60_000;

/** What is remembered of streams is this process' own: another one can only close a stream, by its id and with its whole text. */
export function createStreams(connector: Connector, clock: Clock): Streams {
	/** By message id, the oldest first. */
	const streams = new Map<string, OpenStream>();

	function remember(messageId: string, shown: string): void {
		for (const [id, { openedAtMs }] of streams) {
			if (clock.now() - openedAtMs < forgottenAfterMs) break;
			streams.delete(id);
		}
		streams.set(messageId, { sequence: 1, shown, openedAtMs: clock.now() });
	}

	/** A stream that Teams refuses is over, by Stop, by age, or by what it was told; one that it limits is not. */
	async function send(reference: MessageReference, activity: Json, signal: AbortSignal): Promise<void> {
		try {
			await connector.post(reference.place, activity, signal);
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') streams.delete(reference.messageId);
			throw thrown;
		}
	}

	async function close(reference: MessageReference, message: OutgoingMessage, text: string, signal: AbortSignal): Promise<void> {
		await send(reference, withStream(toStreamEnd(message, text), { streamType: 'final', streamId: reference.messageId }), signal);
		streams.delete(reference.messageId);
	}

	/** The text does not go on from what is shown: the stream ends as it is, and the core edits the message. */
	async function closeAsItIs(reference: MessageReference, { shown }: OpenStream, signal: AbortSignal): Promise<never> {
		await close(reference, { text: shown, buttons: [] }, shown, signal);
		throw closed();
	}

	return {
		isOpen: ({ messageId }) => streams.has(messageId),
		forget: ({ messageId }) => void streams.delete(messageId),
		async openStream(place, _recipient, text, signal) {
			const shown = toWireText(text);
			const info = { streamType: 'streaming', streamSequence: 1 };
			const messageId = await connector.post(place, withStream({ type: 'typing', text: shown }, info), signal);
			remember(messageId, shown);
			return { place, messageId };
		},
		async appendStream(reference, { text }, signal) {
			const stream = streams.get(reference.messageId);
			if (stream === undefined) throw closed();
			const shown = toWireText(text);
			if (!shown.startsWith(stream.shown)) return await closeAsItIs(reference, stream, signal);
			stream.sequence++;
			const info = { streamType: 'streaming', streamSequence: stream.sequence, streamId: reference.messageId };
			await send(reference, withStream({ type: 'typing', text: shown }, info), signal);
			stream.shown = shown;
		},
		async closeStream(reference, delta, message, signal) {
			const stream = streams.get(reference.messageId);
			const text = toWireText(message.text);
			const isContinued = stream === undefined || text.startsWith(stream.shown);
			if (text !== '' && isContinued) return await close(reference, message, text, signal);
			// Nobody here knows what it shows, and Teams takes no end that says less.
			if (stream === undefined) throw closed();
			if (delta !== '') return await closeAsItIs(reference, stream, signal);
			await close(reference, { ...message, text: stream.shown }, stream.shown, signal);
		},
	};
}

/** Newer clients read the entity, older ones the channel data; Microsoft's own SDK sends both. */
function withStream(activity: Json, info: Json): Json {
	const entities = Array.isArray(activity['entities']) ? activity['entities'] : [];
	return {
		...activity,
		entities: [...entities, { type: 'streaminfo', ...info }],
		channelData: { ...asObject(activity['channelData']), ...info },
	};
}

function closed(): BotError {
	return new BotError('PLATFORM_REJECTED', 'the stream is not open', { reason: 'stream-closed' satisfies Refusal });
}
