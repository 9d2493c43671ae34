/** Where the bot is shown as typing. */

import type { Change, Channel } from './types.ts';

export interface Typing {
	start(channel: Channel): void;
	/** A message of the bot ends it. */
	end(channelId: string): void;
	isShown(channelId: string): boolean;
}

/** Clients show it for ten seconds (page "Channels Resource", Trigger Typing Indicator). */
const typingLifetimeMs = 10_000;

/** Creates the record of it; `notify` is called when it begins. */
export function createTyping(now: () => number, notify: (change: Change) => void): Typing {
	const startedAtMs = new Map<string, number>();
	return {
		start(channel) {
			startedAtMs.set(channel.id, now());
			notify({ type: 'typing', channelId: channel.id, id: '' });
		},
		end: (channelId) => void startedAtMs.delete(channelId),
		isShown: (channelId) => now() - (startedAtMs.get(channelId) ?? Number.NEGATIVE_INFINITY) < typingLifetimeMs,
	};
}
