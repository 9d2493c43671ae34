/** `unlink`: takes this account out of the link again, at once. */

import { defineCommand } from './definition.ts';

export const unlinkCommand = defineCommand({
	names: { en: 'unlink', es: 'desvincular' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['unlink', 'desvincular'],
	async run({ person, words: { link }, services: { links } }) {
		const accounts = await links.unlink(person);
		return [accounts === 0 ? link.notLinked : link.unlinked(accounts)];
	},
});
