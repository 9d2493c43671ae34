/** What `npm run doctor` is asked for, and in which language it answers. Pure. */

import { parseArgs } from 'node:util';
import { type Language, languageOf } from '#src/locales/locales.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface DoctorOptions {
	language: Language;
	/** False when the command line has something that nobody knows. */
	isUnderstood: boolean;
}

/** @param words What stands after `npm run doctor --`. */
export function readDoctorOptions(words: string[], environment: Environment): DoctorOptions {
	const language = surroundingLanguage(environment);
	try {
		const { values } = parseArgs({ args: words, options: { language: { type: 'string' } }, strict: true });
		const wanted = values.language;
		if (wanted === undefined) return { language, isUnderstood: true };
		return wanted === 'es' || wanted === 'en' ? { language: wanted, isUnderstood: true } : { language, isUnderstood: false };
	} catch {
		return { language, isUnderstood: false };
	}
}

/** The first of these that is set counts (POSIX, "Internationalization Variables"); `C` and languages not spoken here say nothing. */
function surroundingLanguage(environment: Environment): Language {
	const { LC_ALL, LC_MESSAGES, LANG, OPENCCB_LANGUAGE } = environment;
	const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? null;
	return languageOf(locale, languageOf(OPENCCB_LANGUAGE ?? null));
}
