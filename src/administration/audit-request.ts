/** What an administrator who wants to read somebody's messages asks for: whose, how many, and why. Pure. */

import { z } from 'zod';
import { parseAccountReference } from '../identity/account.ts';
import { type TypedWord, typedWords } from './typed-words.ts';

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

/** How many of the newest messages. */
export const auditCount = {
	range: { least: 1, most: mostCount },
	schema: z
		.string()
		.regex(/^\d{1,3}$/)
		.transform((typed) => Math.min(Math.max(Number(typed), 1), mostCount))
		.default(usualCount),
};

/** Why, in words that mean something to whoever reads the log. */
export const auditReason = z
	.string()
	.transform((typed) => typed.trim().slice(0, mostReasonCharacters).toWellFormed())
	.refine((reason) => reason.split(/\s+/).filter((word) => letter.test(word)).length >= leastReasonWords);

/** Whether a sentence that begins with `audit` goes on as a request: with an account, or a name in quotes. */
export function beginsAuditRequest(text: string): boolean {
	const first: TypedWord | undefined = typedWords(text)[0];
	return first !== undefined && (first.isQuoted || parseAccountReference(first.text) !== null);
}
