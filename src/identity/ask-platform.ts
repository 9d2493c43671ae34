/** A question about a person, put to the platform at its pace and again when it fails in passing. */

import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { growingPauseMs } from '../waiting.ts';

export interface PlatformQuestion {
	platform: ChatPlatform;
	place: Place;
	about: 'person' | 'groups' | 'members' | 'place';
}

/** @throws BotError the last of three, `CANCELLED`. */
export type AskPlatform = <Reply>(question: PlatformQuestion, signal: AbortSignal, ask: () => Promise<Reply>) => Promise<Reply>;

const attempts = 3;
const pauses = { firstMs: 300, mostMs: 2_000 };

export function createAskPlatform(deps: { clock: Clock; pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'> }): AskPlatform {
	const { clock, pacers } = deps;
	return async ({ platform, place, about }, signal, ask) => {
		for (let attempt = 1; ; attempt++) {
			try {
				const call = { operation: `look-up-${about}`, place, priority: 'first' } as const;
				return await pacers(platform).run(call, signal, ask);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (attempt >= attempts || !error.retryable) throw error;
				await clock.wait(Math.min(error.retryAfterMs ?? growingPauseMs(attempt, pauses), pauses.mostMs), signal);
			}
		}
	};
}
