/** What a menu asks for while somebody types what a command takes. Types only. */

import type { Actor } from './chat-event.ts';
import type { Place } from './place.ts';

export interface Typing {
	place: Place;
	actor: Actor;
	/** BCP 47, as the platform names it; absent when it does not. */
	locale?: string;
	/** The command's name and the argument's, in English. */
	command: string;
	argument: string;
	/** As much of the argument as there is. */
	typed: string;
}

/**
 * All that it can go on to, the likeliest first: no more than this person may see, and nothing for whoever may not run the command. Asked again
 * with each character, and awaited by somebody who types. @throws BotError, after which nothing is offered.
 */
export type TypingSource = (typing: Typing, signal: AbortSignal) => Promise<readonly string[]>;
