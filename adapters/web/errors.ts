/** What the web refuses, in the words of the port. Pure. */

import { BotError } from '#src/errors.ts';
import type { Refusal } from '#src/platform/refusal.ts';

/** Nobody has an account on the web: people come with those of the chat platforms, which know them. */
export function noAccounts(): BotError {
	return new BotError('PLATFORM_REJECTED', 'the web has no accounts of its own', { reason: 'no-accounts' });
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
