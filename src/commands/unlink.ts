/** `unlink`: takes this account out of the link again, at once. */

import type { Links } from '../identity/links.ts';
import type { Command } from './command.ts';

export function createUnlinkCommand(links: Links): Command {
	return {
		name: 'unlink',
		spoken: ['desvincular'],
		async run({ person, words: { link } }) {
			const accounts = await links.unlink(person);
			return [accounts === 0 ? link.notLinked : link.unlinked(accounts)];
		},
	};
}
