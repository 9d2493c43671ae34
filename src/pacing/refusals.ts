/** Which limit a refusal is about: the platform says "too many" and not of what. */

import type { BudgetRequest } from './budgets.ts';

export interface Refused {
	/** The key of the wider budget in which the call counted too. */
	budget: string;
	channelId: string;
	/** The channel's or the operation's budget; null when it has none. */
	own: BudgetRequest | null;
	/** As the platform said, if it did. */
	retryAfterMs: number | undefined;
}

export interface Refusals {
	/** Takes note of a refusal. True when it must be about the wider budget. */
	isWide(refused: Refused): boolean;
}

/** Pacing keeps each channel within its own budget, so that one may slip by mistake, and not several of them in the same moment. */
const severalChannels = 3;
const togetherMs = 10_000;
/** Waits are told in whole seconds. */
const roundingMs = 1_000;

/** Remembers the last seconds, in this process: what follows from them is shared through the budget. */
export function createRefusals(now: () => number): Refusals {
	/** When each channel was refused last, by the wider budget. */
	const lately = new Map<string, Map<string, number>>();

	function channelsRefused(budget: string, channelId: string): number {
		const channels = lately.get(budget) ?? new Map<string, number>();
		for (const [channel, atMs] of channels) if (atMs <= now() - togetherMs) channels.delete(channel);
		channels.set(channelId, now());
		lately.set(budget, channels);
		return channels.size;
	}

	return {
		isWide({ budget, channelId, own, retryAfterMs = 0 }) {
			const channels = channelsRefused(budget, channelId);
			if (own === null) return true;
			// No channel's own limit explains a wait that is longer than all of its windows.
			const longestMs = Math.max(...own.windows.map(({ windowMs }) => windowMs));
			return channels >= severalChannels || retryAfterMs > longestMs + roundingMs;
		},
	};
}
