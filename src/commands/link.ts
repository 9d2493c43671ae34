/** `link`: gives a code, or takes the one that was given on another platform. */

import { codeMinutes } from '../identity/link-store.ts';
import { isLinkCode, type Links } from '../identity/links.ts';
import type { Command } from './command.ts';

export function createLinkCommand(links: Links): Command {
	return {
		name: 'link',
		spoken: ['vincular'],
		isArgument: isLinkCode,
		async run({ person, place, argument, words: { link } }) {
			// Elsewhere some platforms show private words openly when they cannot show them privately.
			if (argument === '' && place.kind !== 'direct') return [link.privateOnly];
			if (argument === '') return [link.code(await links.issue(person), codeMinutes)];
			if (!isLinkCode(argument)) return [link.notACode];
			const result = await links.redeem(person, argument);
			if (result.linked) return [link.linked(result.displayName)];
			return [result.refusal === 'locked' ? link.refused.locked(result.waitMinutes) : link.refused[result.refusal]];
		},
	};
}
