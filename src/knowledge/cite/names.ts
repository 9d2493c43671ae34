/** Proper names and codes of a sentence. Pure. */

import { isFunctionWord } from '../text/function-words.ts';
import { words } from '../text/stems.ts';

/** A first word has a capital letter anyhow, and so has what follows a colon, an opening mark or the bar of a table. */
const beginning = /(?:^|[.!?:;|…])[^\p{L}\p{N}]*$|["¿¡([{*_>•] ?$| - $/u;
const capitalised = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'’&]*/gu;
const titles = new Set('sr sra srta dr dra don dona mr mrs ms miss prof ing lic'.split(' '));
/** A sentence in capitals, or a title in which every word has one, tells no names. */
const mostCapitalised = 0.7;
const shortestTitle = 4;

/**
 * Capitalised words that do not begin the sentence, folded; the first one, too, where another one directly follows it.
 * @param plain as `plainText` gives it.
 */
export function namesIn(plain: string): string[] {
	const found = [...plain.matchAll(capitalised)];
	const lettered = plain.match(/\p{L}{2,}/gu)?.length ?? 0;
	if (lettered >= shortestTitle && found.length >= lettered * mostCapitalised) return [];
	const names = found.filter(({ 0: word, index }, at) => {
		if (!beginning.test(plain.slice(Math.max(0, index - 20), index))) return true;
		const next = found[at + 1];
		return next !== undefined && next.index === index + word.length + 1 && plain[next.index - 1] === ' ';
	});
	return names.flatMap(({ 0: word }) => (/^I['’]/.test(word) ? [] : words(word))).filter(isName);
}

function isName(word: string): boolean {
	return word.length > 1 && !titles.has(word) && !isFunctionWord(word, null) && !/\d/.test(word);
}

const address = /\b(?:https?:\/\/|www\.)[^\s<>"')\]]*[^\s<>"')\].,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const codeLike = /[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*/gu;
/** A number with its unit, its ordinal, or a word that it is joined to: `20kg`, `3rd`, `3-day`. */
const numberWithLetters = /^\d+(?:[.,]\d+)*(?:-?\p{L}{3,}|kg|km|gb|mb|cm|mm|st|nd|rd|th|am|pm|[hkmgodas])$/iu;

/**
 * Addresses of the web and of mail, and codes: letters and digits together.
 * @param plain as `plainText` gives it.
 * @returns what each looks like in a folded passage, and the text without them.
 */
export function codesIn(plain: string): { patterns: RegExp[]; rest: string } {
	const patterns: RegExp[] = [];
	const withoutAddresses = plain.replace(address, (found) => {
		patterns.push(new RegExp(RegExp.escape(found.toLowerCase())));
		return ' ';
	});
	const rest = withoutAddresses.replace(codeLike, (found) => {
		if (!/\d/.test(found) || !/\p{L}/u.test(found) || numberWithLetters.test(found)) return found;
		const parts = found.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
		patterns.push(new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('[-_/. ]{0,2}')}(?![\\p{L}\\p{N}])`, 'u'));
		return ' ';
	});
	return { patterns, rest };
}
