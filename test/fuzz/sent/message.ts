/** One message of an answer on the road of streams, and on that of edits where the platform ends the stream, as the core takes them. */

import { BotError } from '#src/errors.ts';
import type { Button, MessageReference, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Finding } from '../readers/finding.ts';
import type { RecordedPlatform } from './platform.ts';

export const replyId = '00000000-0000-0000-0000-000000000000';
const stopButton: Button = { label: 'Stop', action: { name: 'stop', replyId } };
export const asker = { tenantId: 'T1', accountId: 'U1' };

export interface SentMessage {
	/** Shows the newest text; a stream takes what is stable of it. */
	show(newest: string, readStable: () => string): Promise<void>;
	/** Shows the last text. */
	finish(message: OutgoingMessage): Promise<void>;
}

/** @param findings Takes what is wrong with how the text ends. */
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

	/** What does not go on from what is shown waits for the end. */
	async function stream(stable: string): Promise<void> {
		const open = reference;
		if (stable.length <= shown.length || !stable.startsWith(shown)) return;
		const delta = stable.slice(shown.length);
		if (open === null) reference = await outbound.openStream(place, asker, stable, signal);
		else await callStream(() => outbound.appendStream(open, { delta, text: stable }, signal));
		shown = stable;
	}

	function checkWhole(text: string): void {
		const [sent, last] = [platform.toSent(text), platform.lastText()];
		if (wordsOf(sent) === wordsOf(last)) return;
		findings.push({ kind: 'not-whole', where: 'closed stream', what: JSON.stringify([sent, last]) });
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
				const isContinued = message.text.startsWith(shown);
				const delta = isContinued ? message.text.slice(shown.length) : '';
				await callStream(() => outbound.closeStream(open, delta, message, signal));
				if (isStreaming && isContinued) return checkWhole(message.text);
			}
			await write(message);
		},
	};
}

/** Letters and digits, in order. */
function wordsOf(text: string): string {
	return text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '';
}
