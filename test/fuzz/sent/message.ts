/** One message of an answer on the road of streams, and on that of edits where the platform ends the stream, as the core takes them. */

import { BotError } from '#src/errors.ts';
import type { Button, MessageReference, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Finding } from '../readers/finding.ts';
import type { RecordedPlatform } from './platform.ts';

export const replyId = '00000000-0000-0000-0000-000000000000';
const stopButton: Button = { label: 'Stop', action: { name: 'stop', replyId } };
const asker = { tenantId: 'T1', accountId: 'U1' };

export interface SentMessage {
	/** Shows the newest text; a stream takes what is stable of it. */
	show(newest: string, readStable: () => string): Promise<void>;
	/** Shows the last text. */
	finish(message: OutgoingMessage): Promise<void>;
}

/** @param findings Takes what is wrong with how the text goes on. */
export function createSentMessage(platform: RecordedPlatform, isStreamed: boolean, findings: Finding[]): SentMessage {
	const { outbound, place } = platform;
	const { signal } = new AbortController();
	let reference: MessageReference | null = null;
	let isStreaming = isStreamed;
	let shown = '';

	/** False when the platform has ended the stream. */
	async function callStream(call: () => Promise<void>): Promise<void> {
		try {
			await call();
		} catch (thrown) {
			if (!(thrown instanceof BotError) || thrown.reason !== 'stream-closed') throw thrown;
			isStreaming = false;
		}
	}

	function isContinued(text: string, where: string): boolean {
		if (text.startsWith(shown)) return true;
		if (platform.name === 'teams' && withoutTitles(text).startsWith(withoutTitles(shown))) return false;
		findings.push({ kind: 'not-a-prefix', where, what: JSON.stringify([shown, text]) });
		return false;
	}

	async function stream(stable: string): Promise<void> {
		const open = reference;
		if (stable === '' || stable === shown || !isContinued(stable, 'stable text')) return;
		const delta = stable.slice(shown.length);
		if (open === null) reference = await outbound.openStream(place, asker, stable, signal);
		else await callStream(() => outbound.appendStream(open, { delta, text: stable }, signal));
		shown = stable;
	}

	async function write(message: OutgoingMessage): Promise<void> {
		if (reference === null) reference = await outbound.post(place, message, signal);
		else await outbound.edit(reference, message, signal);
		shown = message.text;
	}

	return {
		async show(newest, readStable) {
			if (isStreaming) await stream(readStable());
			else if (newest !== '' && newest !== shown) await write({ text: newest, buttons: [stopButton], replyId });
		},
		async finish(message) {
			const open = reference;
			if (isStreaming && open !== null) {
				const delta = isContinued(message.text, 'final text') ? message.text.slice(shown.length) : '';
				await callStream(() => outbound.closeStream(open, delta, message, signal));
				if (isStreaming && message.text.startsWith(shown)) return;
			}
			await write(message);
		},
	};
}

/**
 * Teams shows a title in bold, and only the line below an underlined one tells that it is a title: what was streamed as a paragraph
 * becomes bold at the end, by an edit. Nothing but the marks and the blank space may differ.
 */
function withoutTitles(text: string): string {
	return text.replace(/\*\*/g, '').replace(/\s+/g, ' ').trim();
}
