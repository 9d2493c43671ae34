/** Every sentence that the bot says to people, in the languages it speaks. English is the shape that the others must fill. */

import { english, type Words } from './english.ts';
import { spanish } from './spanish.ts';

export type { Words };
export type Language = 'en' | 'es';

/** The same text in each language. */
export type Translated = Readonly<Record<Language, string>>;

export const languages: Readonly<Record<Language, Words>> = { en: english, es: spanish };

/** The language that these words are in. */
export function languageIn(words: Words): Language {
	return words === languages.es ? 'es' : 'en';
}

/** @param locale BCP 47 as the platform gives it (`es-MX`); anything unknown gives `fallback`. */
export function languageOf(locale: string | null, fallback: Language = 'en'): Language {
	const primary = locale?.split(/[-_]/, 1)[0]?.toLowerCase();
	return primary === 'es' || primary === 'en' ? primary : fallback;
}

export function wordsFor(locale: string | null, fallback: Language = 'en'): Words {
	return languages[languageOf(locale, fallback)];
}
