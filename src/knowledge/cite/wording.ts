/** How much of a sentence's wording stands in a passage, in the same language and across two. Pure. */

import { isFunctionWord } from '../text/function-words.ts';
import { stem, type TextLanguage, textLanguageOf, words } from '../text/stems.ts';
import { isSpelledNumber } from './numbers.ts';

/** What is said of a source and is not in it: `according to the document`, `el mensaje indica`. */
const attribution = new Set(
	`segun documento documentos fuente fuentes texto mensaje dice dicen indica indican pone menciona mencionan establece senala especifica informa
	informacion archivo respuesta explica according document documents source sources text message messages says say said states stated mentions
	mentioned specifies indicates information file answer explains noted notes`.split(/\s+/),
);

/** A text by its words. */
export interface Wording {
	language: TextLanguage | null;
	/** All its words, folded. */
	words: ReadonlySet<string>;
	/** Their stems in a language. */
	stems(language: TextLanguage | null): ReadonlySet<string>;
	/** What its words have in common with their like in other languages. */
	roots(): ReadonlySet<string>;
}

/** @param language where it is known better than by these few words. */
export function readWording(text: string, language = textLanguageOf(text)): Wording {
	const all = new Set(words(text));
	const byLanguage = new Map<TextLanguage | null, ReadonlySet<string>>();
	let roots: ReadonlySet<string> | null = null;
	return {
		language,
		words: all,
		stems(wanted) {
			const known = byLanguage.get(wanted) ?? new Set([...all].map((word) => stem(word, wanted)));
			byLanguage.set(wanted, known);
			return known;
		},
		roots() {
			roots ??= new Set([...all].map(rootOf).filter((root) => root !== null));
			return roots;
		},
	};
}

/** The words of a sentence that say something: no numbers, and nothing of where it was read. Each once. */
export function contentWords(sentence: string, language: TextLanguage | null): string[] {
	const said = new Set(words(sentence));
	return [...said].filter(
		(word) => !isFunctionWord(word, language) && !attribution.has(word) && !/^\d/.test(word) && !isSpelledNumber(word),
	);
}

/** Whether a word stands in a text, in one of its forms; of another language, whether one of the same root does. */
export function holdsWord(word: string, language: TextLanguage | null, passage: Wording): boolean {
	if (passage.words.has(word)) return true;
	if (isAcross(language, passage)) {
		const root = rootOf(word);
		return root !== null && passage.roots().has(root);
	}
	const shared = language ?? passage.language;
	return passage.stems(shared).has(stem(word, shared));
}

/** Where one of the two does not say, it is taken for the same. */
export function isAcross(language: TextLanguage | null, passage: Wording): boolean {
	return language !== null && passage.language !== null && language !== passage.language;
}

/**
 * The first letters, written alike where the two languages write them otherwise: `oficina` and `office`, `proyecto` and `project`. Four letters: with
 * three, too many words begin alike; with five, a third of the pairs in the tests is lost.
 */
function rootOf(word: string): string | null {
	const alike = word
		.replace(/ph/g, 'f')
		.replace(/[ckq]u?(?=[aeiou])|ck|k/g, 'c')
		.replace(/y/g, 'i')
		.replace(/^e(?=s[pct])/, '')
		.replace(/(.)\1/g, '$1')
		.slice(0, 4);
	return alike.length < 4 ? null : alike;
}
