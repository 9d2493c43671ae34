/**
 * Words, their stems and their language: what a search finds by, and what a citation is checked with, the same for both. Pure.
 *
 * Snowball's stemmers in JavaScript (`@orama/stemmers`, no dependencies): PostgreSQL has them too, but not where an answer is checked while it is
 * written. A stemmer of our own would be a worse copy.
 */

import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as spanishStem } from '@orama/stemmers/spanish';
import { isFunctionWord } from './function-words.ts';

export type TextLanguage = 'es' | 'en';

/**
 * The text as it is compared: compatible forms as one (NFKC), lower case, no accents, no soft hyphens and characters without width, plain quotes and
 * dashes, a word that was divided at the end of a line in one piece, and one blank for any white space.
 */
export function foldText(text: string): string {
	return plainText(text).toLowerCase();
}

/** As `foldText`, with capital letters as they stand. */
export function plainText(text: string): string {
	return text
		.normalize('NFKC')
		.normalize('NFD')
		.replace(/[\u0300-\u036F\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
		.normalize('NFC')
		.replace(/[‘’‚‛′´`]/g, "'")
		.replace(/[“”„‟«»″]/g, '"')
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/(?<=\p{L})-[ \t]*\r?\n[ \t]*(?=\p{L})/gu, '')
		.replace(/\s+/g, ' ');
}

/** Its words in their order, folded: letters and digits. An apostrophe stands in a word, and an English genitive falls away. */
export function words(text: string): string[] {
	return (
		foldText(text)
			.replace(/(?<=\p{L})'(?:s(?![\p{L}\p{N}])|(?=\p{L}))/gu, '')
			.match(/[\p{L}\p{N}]+/gu) ?? []
	);
}

/**
 * What a word has in common with its other forms.
 * @param word as `words` gives it.
 * @param language null where it is not known: the word stays as it is.
 */
export function stem(word: string, language: TextLanguage | null): string {
	if (language === null || /\d/.test(word)) return word;
	if (language === 'en') return englishStem(word);
	// The accent tells this ending from others; it is folded away, and many never type it. Of words as short as `días` Snowball leaves the plural.
	return foldText(spanishStem(word.replace(/cion$/, 'ción'))).replace(/(?<=..[aeo])s$/, '');
}

/** By the words that belong to one of the two languages alone; null when they do not say. */
export function textLanguageOf(text: string): TextLanguage | null {
	let spanish = 0;
	let english = 0;
	for (const word of words(text)) {
		const isSpanish = isFunctionWord(word, 'es');
		if (isSpanish === isFunctionWord(word, 'en')) continue;
		if (isSpanish) spanish++;
		else english++;
	}
	if (spanish === english) return null;
	return spanish > english ? 'es' : 'en';
}
