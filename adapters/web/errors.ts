/** What the web refuses, in the words of the port. Pure. */

import { BotError } from '#src/errors.ts';
import type { Refusal } from '#src/platform/refusal.ts';

/** A page is there while it is open: nobody is written to unasked, outside of the conversations that they began. */
export function noPersonalChats(): BotError {
	return new BotError('PLATFORM_REJECTED', 'the web has no personal chats', { reason: 'no-personal-chats' });
}

/** @param what What is asked for, in our own words. */
export function unsupported(what: string): BotError {
	return new BotError('PLATFORM_REJECTED', `the web has no ${what}`, { reason: 'unsupported' });
}

export function messageGone(): BotError {
	return new BotError('PLATFORM_REJECTED', 'the message was removed', { reason: 'message-gone' satisfies Refusal });
}

/** @throws BotError `CANCELLED` when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new BotError('CANCELLED', 'what was to be shown on the web is not wanted any more');
}
