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
/** Letters and digits as the database has them, which opens nothing for any other reason, see `0012-promises.ts`: a word has one at least. */
const letters = [
	String.raw`0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF`,
	String.raw`\u0370-\u115E\u1161-\u167F\u1681-\u17B3\u17B6-\u180A\u1810-\u1FFF\u2C00-\u2DFF`,
	String.raw`\u3005-\u3007\u3041-\u3163\u3165-\uD7FF\uF900-\uFDFF\uFE70-\uFEFC`,
	String.raw`\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFF9F\uFFA1-\uFFDC`,
	String.raw`\u{10000}-\u{1CFFF}\u{1E000}-\u{1EFFF}\u{20000}-\u{3FFFF}`,
].join('');
const letter = new RegExp(`[${letters}]`, 'u');

/** `usage`: nobody is named. `reason`: it is missing, or says too little. */
export function parseAuditRequest(text: string): AuditRequest | { problem: 'usage' | 'reason' } {
	const [first, second, ...others] = typedWords(text);
	if (first === undefined) return { problem: 'usage' };
	const rest = second === undefined ? [] : [second, ...others];
	const number = /^\d{1,3}$/.test(second?.text ?? '') ? Number(second?.text) : null;
	const reason = joined(number === null ? rest : others)
		.trim()
		.slice(0, mostReasonCharacters)
		.toWellFormed();
	if (reason.split(/\s+/).filter((word) => letter.test(word)).length < leastReasonWords) return { problem: 'reason' };
	const count = Math.min(Math.max(number ?? usualCount, 1), mostCount);
	return { person: first.text, count, reason };
}

/** Whether a sentence that begins with `audit` goes on as a request: with an account, or a name in quotes. */
export function beginsAuditRequest(text: string): boolean {
	const first: TypedWord | undefined = typedWords(text)[0];
	return first !== undefined && (first.isQuoted || parseAccountReference(first.text) !== null);
}
