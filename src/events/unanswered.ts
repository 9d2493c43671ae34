/** When an event could not be handled: whoever asked is told, unless it is tried again. */

import type { BotError } from '../errors.ts';
import type { DropReason } from '../history/trace.ts';
import type { Dropped } from '../inbox/dropped.ts';
import { type Language, wordsFor } from '../locales/locales.ts';
import type { ChatEvent } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import { accountOf, homeOf, privatePlaceOf } from './private-words.ts';

export interface UnansweredDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	language: Language;
	observer: {
		failed(event: ChatEvent, error: BotError, isLast: boolean): void;
		/** And its author could not be told. */
		untold(event: ChatEvent, error: unknown): void;
	};
}

/** One sentence; nobody waits long for it. */
const tellWithinMs = 10_000;

/** @returns what takes a failed event, `isLast` when it is given up. Never rejects. */
export function createUnanswered({ platforms, language, observer }: UnansweredDependencies) {
	return async (event: ChatEvent, error: BotError, isLast: boolean): Promise<Dropped | undefined> => {
		observer.failed(event, error, isLast);
		const platform = platforms.get(event.platform);
		if (!isLast || event.type !== 'message-received') return undefined;
		const dropped = { account: accountOf(event), reason: 'given-up' satisfies DropReason };
		if (platform === undefined || homeOf(event) !== event.platform) return dropped;
		const { unanswered } = wordsFor(null, language).failure;
		await platform
			.sendPrivately(privatePlaceOf(event, platform), event.author, [unanswered], undefined, AbortSignal.timeout(tellWithinMs))
			.catch((thrown) => observer.untold(event, thrown));
		return dropped;
	};
}
