/** `link`: gives a code, or takes the one that was given on another platform. */

import { z } from 'zod';
import { codeMinutes } from '../identity/link-store.ts';
import { isTypedCode } from '../identity/typed-code.ts';
import type { Words } from '../locales/locales.ts';
import type { FormField } from '../platform/form.ts';
import { defineCommand } from './definition.ts';

/** Asks to be asked for a code; codes have other letters. */
const entryWords: ReadonlySet<string> = new Set(['code', 'código', 'codigo']);

export const linkCommand = defineCommand({
	names: { en: 'link', es: 'vincular' },
	audience: 'everyone',
	answer: 'private',
	arguments: { code: { schema: z.string().refine(isTypedCode).optional() } },
	examples: ['link', 'link K7QF-2M9X', 'vincular', 'vincular K7QF-2M9X'],
	isArgument: (typed) => isTypedCode(typed) || isEntry(typed),
	forms: {
		// Where others might read it no code is given, so that there is only one to be entered.
		formFor: (typed, { words, kind }) =>
			isEntry(typed) || (typed === '' && kind !== 'direct') ? { about: words.link.entry.about, fields: [entryField(words)] } : null,
		fill: (_typed, { code = '' }, { link }) => (isTypedCode(code) ? { text: code.trim() } : { errors: { code: link.notACode } }),
	},
	explain: (_argument, { words }) => words.link.notACode,
	async run({ person, place, words: { link }, services: { links } }, { code }) {
		if (code !== undefined) {
			const result = await links.redeem(person, code);
			if (result.linked) return [link.linked(result.displayName)];
			return [result.refusal === 'locked' ? link.refused.locked(result.waitMinutes) : link.refused[result.refusal]];
		}
		// Whoever reads the code can use it; one that is entered is worth nothing any more, wherever that is.
		return [place.kind === 'direct' ? link.code(await links.issue(person), codeMinutes) : link.privateOnly];
	},
});

function isEntry(typed: string): boolean {
	return entryWords.has(typed.toLowerCase());
}

function entryField({ link }: Words): FormField {
	return { name: 'code', ...link.entry.code, mayBeLeftOut: false, choices: null };
}
