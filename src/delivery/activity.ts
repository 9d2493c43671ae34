/** The sign that the bot is at work on a reply: shown at once, kept alive, and never a reason to fail. */

import type { Clock } from '../clock.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Pacer } from './pacer.ts';

export interface Activity {
	/** Shows these words from now on. Resolves to whether the platform took them. */
	show(text: string): Promise<boolean>;
	/** Renews no more. What is shown goes when the reply appears. */
	end(): void;
	/** Takes the sign away, for an end without a new message. */
	clear(): Promise<void>;
}

/** Renewed when this share of its lifetime is over. */
const renewShare = 0.8;

export function startActivity(deps: { platform: ChatPlatform; pacer: Pacer; clock: Clock }, place: Place, signal: AbortSignal): Activity {
	const { platform, pacer, clock } = deps;
	const ended = new AbortController();
	const until = AbortSignal.any([ended.signal, signal]);
	let shown = '';
	let sending: Promise<boolean> = Promise.resolve(true);

	async function send(text: string | null, allowed: AbortSignal): Promise<boolean> {
		if (platform.capabilities.activity === null) return false;
		try {
			// A bare sign is worth less than anybody's first words.
			const priority = platform.capabilities.activity.showsText ? 'first' : 'update';
			const call = { operation: 'show-activity', place, priority } as const;
			await pacer.run(call, allowed, () => platform.showActivity(place, text, allowed));
			return true;
		} catch {
			// Without the sign the first text is the sign.
			return false;
		}
	}

	async function renew(): Promise<void> {
		const lifetimeMs = platform.capabilities.activity?.lifetimeMs ?? null;
		while (lifetimeMs !== null && !until.aborted) {
			await clock.wait(lifetimeMs * renewShare, until).catch(() => {});
			if (!until.aborted) await send(shown, until);
		}
	}

	return {
		async show(text) {
			if (until.aborted || text === shown) return false;
			const isFirst = shown === '';
			shown = text;
			sending = send(text, until);
			if (isFirst) void renew();
			return await sending;
		},
		end: () => ended.abort(),
		async clear() {
			ended.abort();
			// A sign that is still on its way would come after its end.
			await sending;
			await send(null, signal);
		},
	};
}
