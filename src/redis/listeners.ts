/** The listeners of this process, by channel. */

import type { Logger } from '../log.ts';
import { createRareLines } from '../rare-lines.ts';

export interface Listeners {
	/** Adds a listener; the same function added twice is called twice. Returns how to take it off again. */
	add(channel: string, listener: (message: string) => void): () => void;
	/** Calls the listeners of a channel, soon but never inside the caller's own turn. A listener that throws harms no other, and is logged, rarely. */
	deliver(channel: string, message: string): void;
	/** Every channel that has a listener. */
	names(): string[];
	has(channel: string): boolean;
	clear(): void;
}

export function createListeners(logger?: Logger): Listeners {
	const channels = new Map<string, Set<{ listener: (message: string) => void }>>();
	// Whoever reaches Redis can publish what no listener understands.
	const lines = createRareLines(Date.now);

	function call(entry: { listener: (message: string) => void }, channel: string, message: string): void {
		// It may have been taken off since the message was published.
		if (!channels.get(channel)?.has(entry)) return;
		try {
			entry.listener(message);
		} catch (error) {
			const more = lines.next('failed');
			if (more !== null) logger?.warn({ err: error, channel, more }, 'a listener of a cache channel failed');
		}
	}

	return {
		add(channel, listener) {
			const entries = channels.get(channel) ?? new Set();
			const entry = { listener };
			channels.set(channel, entries.add(entry));
			return () => {
				entries.delete(entry);
				if (entries.size === 0 && channels.get(channel) === entries) channels.delete(channel);
			};
		},
		deliver(channel, message) {
			for (const entry of channels.get(channel) ?? []) queueMicrotask(() => call(entry, channel, message));
		},
		names: () => [...channels.keys()],
		has: (channel) => channels.has(channel),
		clear: () => channels.clear(),
	};
}
