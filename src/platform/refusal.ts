/** What a platform's refusal means to the core, whatever the platform calls it. */

import type { BotError } from '../errors.ts';

/** By meaning, how far the refusal reaches: one road to the message, its form, its text, the message, or the whole place. */
export type Refusal =
	/** The native stream is not open any more: ended, timed out, or lost. */
	| 'stream-closed'
	/** The message cannot be edited because its native stream is still open. */
	| 'stream-open'
	/** A person used the platform's Stop control. */
	| 'stopped-by-person'
	/** The platform does not take this form of the text: blocks, cards, buttons. The same text alone may pass. */
	| 'form-refused'
	/** More text than the platform takes in one message. */
	| 'too-long'
	/** A rule of the place on what may be said stopped this text. */
	| 'blocked-by-rules'
	/** The message was deleted, or never was there. */
	| 'message-gone'
	/** The message is there and takes no changes any more. A new one may be posted. */
	| 'message-closed'
	/** The bot may not write here: the place forbids it, access was taken away, or the person does not want to hear from it. */
	| 'may-not-post'
	/** There is no such place any more: the channel was deleted, or the message that the thread hangs on. */
	| 'place-gone'
	/** Nobody can be told anything there that others do not see. */
	| 'not-alone';

const meanings: Readonly<Record<Refusal, true>> = {
	'stream-closed': true,
	'stream-open': true,
	'stopped-by-person': true,
	'form-refused': true,
	'too-long': true,
	'blocked-by-rules': true,
	'message-gone': true,
	'message-closed': true,
	'may-not-post': true,
	'place-gone': true,
	'not-alone': true,
};

/** Null for what is no refusal, and for a refusal of which nothing is known. */
export function refusalOf({ code, reason, refusal }: BotError): Refusal | null {
	if (code !== 'PLATFORM_REJECTED') return null;
	const word = refusal ?? reason ?? '';
	return Object.hasOwn(meanings, word) ? (word as Refusal) : null;
}
