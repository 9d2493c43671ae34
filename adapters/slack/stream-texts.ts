/** What native streams show so far: text that was sent there cannot be taken back, so all of it is read before more is added. */

import { lastReading } from './format/last-reading.ts';

export interface StreamTexts {
	/** The text that a stream may begin with. */
	begin(text: string): string;
	/** Remembers what a stream shows now. */
	remember(messageId: string, text: string): void;
	/** What a stream shows with this addition, or null when it must not be added. @param whole The same by the reply's own count. */
	add(messageId: string, delta: string, whole: string): string | null;
	forget(messageId: string): void;
}

/** As many streams as run at once; what was shown by a forgotten one is taken from the reply. */
const mostStreams = 1_000;

export function createStreamTexts(): StreamTexts {
	/** By message id, the oldest first. */
	const shown = new Map<string, string>();
	return {
		begin: (text) => lastReading.makeClean(text),
		remember(messageId, text) {
			shown.set(messageId, text);
			const [oldest] = shown.keys();
			if (shown.size > mostStreams && oldest !== undefined) shown.delete(oldest);
		},
		add(messageId, delta, whole) {
			const before = shown.get(messageId) ?? whole.slice(0, Math.max(whole.length - delta.length, 0));
			return delta === '' || lastReading.isClean(before + delta) ? before + delta : null;
		},
		forget: (messageId) => void shown.delete(messageId),
	};
}
