/** `link`: gives a code, or takes the one that was given on another platform. */

import { z } from 'zod';
import { codeMinutes } from '../identity/link-store.ts';
import { isLinkCode } from '../identity/links.ts';
import { defineCommand } from './definition.ts';

export const linkCommand = defineCommand({
	names: { en: 'link', es: 'vincular' },
	audience: 'everyone',
	answer: 'private',
	arguments: { code: { schema: z.string().refine(isLinkCode).optional() } },
	examples: ['link', 'link K7QF-2M9X', 'vincular', 'vincular K7QF-2M9X'],
	isArgument: isLinkCode,
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
