/** The words of orders in both languages: whatever is typed, the program knows one of them. Pure. */

import { languages } from '../locales/locales.ts';
import { folded } from '../nearest-word.ts';
import type { AdminCommandName } from './admin-command.ts';
import type { TypedWord } from './typed-words.ts';

const inSpanish: Readonly<Record<string, string>> = languages.es.administration.orderWords;
const inEnglish = new Map(Object.entries(inSpanish).map(([known, typed]) => [folded(typed), known]));

/** Accents may be left out. */
export function knownWord(typed: string): string {
	return inEnglish.get(folded(typed)) ?? typed.toLowerCase();
}

/** Only what is among `own` is a word of ours, and nothing in quotes is: all else may be a name. */
export function withKnownWords(words: readonly TypedWord[], own: readonly string[]): TypedWord[] {
	return words.map((word) => {
		const text = word.isQuoted ? word.text : knownWord(word.text);
		return own.includes(text) && !word.isQuoted ? { ...word, text } : word;
	});
}

export function spanishName(name: AdminCommandName): string {
	return name
		.split('-')
		.map((word) => inSpanish[word] ?? word)
		.join(' ');
}
