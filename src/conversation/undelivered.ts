/** What is said when an answer cannot be shown whole: in its place as far as the bot may still speak there, else to its asker alone. Pure. */

import type { Obstacle } from '../delivery/obstacle.ts';
import type { Closing, Seen } from '../delivery/reply-message-closing.ts';
import { BotError } from '../errors.ts';
import type { Words } from '../locales/locales.ts';
import { endingButtons } from './endings.ts';

/** In the place. */
export function closingOf(obstacle: Obstacle, { isBegun, hasText }: Seen, replyId: string, words: Words): Closing {
	const { undelivered } = words;
	const retry = endingButtons('interrupted', replyId, words);
	switch (obstacle) {
		case 'blocked-by-rules':
			return { notice: hasText ? undelivered.restBlocked : undelivered.blocked, buttons: retry };
		case 'not-accepted':
			return { notice: hasText ? undelivered.restNotAccepted : undelivered.notAccepted, buttons: retry };
		case 'may-not-post':
			return { notice: isBegun ? undelivered.mayPostNoMore : '', buttons: [] };
		case 'lost':
			return { notice: isBegun ? undelivered.lost : '', buttons: [] };
		// Nobody reads there, or somebody does not want to.
		case 'place-gone':
		case 'message-gone':
			return { notice: '', buttons: [] };
	}
}

/** To its asker alone, who was told nothing in the place; null where there is nothing to tell. */
export function privateSentenceOf(obstacle: Obstacle, { undelivered }: Words): string | null {
	const sentences: Record<Obstacle, string | null> = {
		'may-not-post': undelivered.mayNotPost,
		'blocked-by-rules': undelivered.blocked,
		'not-accepted': undelivered.notAccepted,
		lost: undelivered.lost,
		'place-gone': null,
		'message-gone': null,
	};
	return sentences[obstacle];
}

/** For the log and the metrics. @param untold Why its asker could not be told. */
export function undeliveredError(obstacle: Obstacle, untold: BotError | null): BotError {
	const details = { reason: obstacle, ...(untold === null ? {} : { cause: untold }) };
	return new BotError('PLATFORM_REJECTED', 'an answer could not be shown', details);
}
