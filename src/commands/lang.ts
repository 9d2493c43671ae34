/** `lang`: in which language the bot speaks to somebody, wherever they are. */

import { languages } from '../locales/locales.ts';
import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';

/** `auto` takes a choice back. */
const language = choiceOf({
	en: { en: 'english', es: 'inglés', otherWords: ['en', 'ingles'] },
	es: { en: 'spanish', es: 'español', otherWords: ['es', 'espanol', 'castellano'] },
	auto: { en: 'auto', es: 'automático', otherWords: ['automatico', 'automatic', 'default'] },
});

export const langCommand = defineCommand({
	names: { en: 'lang', es: 'idioma' },
	otherWords: ['language'],
	audience: 'everyone',
	answer: 'private',
	arguments: { language },
	examples: ['lang', 'lang spanish', 'lang auto', 'idioma', 'idioma inglés', 'idioma automático'],
	isArgument: (typed) => language.schema.safeParse(typed).success,
	async run({ person, words, services: { languages: own } }, { language: wanted }) {
		if (wanted === undefined) return [words.language.current[(await own.of(person)) ?? 'auto'], words.language.how];
		const chosen = wanted === 'auto' ? null : wanted;
		await own.choose(person, chosen);
		// In the language that was chosen, from this word on.
		return [(chosen === null ? words : languages[chosen]).language.chosen[wanted]];
	},
});
