/** What an administrator who wants to read somebody's messages types: whose, how many, and why. Pure. */

import { parseAccountReference } from '../identity/account.ts';
import { joined, type TypedWord, typedWords } from './typed-words.ts';

export interface AuditRequest {
	/** As it was typed. */
	person: string;
	count: number;
	reason: string;
}

/** What fits into one message and can still be read, and what nobody reads more of in a chat. */
const usualCount = 20;
const mostCount = 50;
/** A single word says nothing to whoever reads the log later. */
const leastReasonWords = 2;
const mostReasonCharacters = 300;

/** `usage`: nobody is named. `reason`: it is missing or too short. */
export function parseAuditRequest(text: string): AuditRequest | { problem: 'usage' | 'reason' } {
	const [first, second, ...others] = typedWords(text);
	if (first === undefined) return { problem: 'usage' };
	const rest = second === undefined ? [] : [second, ...others];
	const number = /^\d{1,3}$/.test(second?.text ?? '') ? Number(second?.text) : null;
	const reason = joined(number === null ? rest : others).trim();
	if (reason.split(/\s+/).length < leastReasonWords) return { problem: 'reason' };
	const count = Math.min(Math.max(number ?? usualCount, 1), mostCount);
	return { person: first.text, count, reason: reason.slice(0, mostReasonCharacters).toWellFormed() };
}

/** Whether a sentence that begins with `audit` goes on as a request: with an account, or a name in quotes. */
export function beginsAuditRequest(text: string): boolean {
	const first: TypedWord | undefined = typedWords(text)[0];
	return first !== undefined && (first.isQuoted || parseAccountReference(first.text) !== null);
}
