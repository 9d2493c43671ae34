/** `new`: what was said here is not remembered any more. */

import type { ConversationStore } from '../history/store.ts';
import type { Command } from './command.ts';

export function createNewCommand(deps: { store: ConversationStore }): Command {
	return {
		name: 'new',
		spoken: ['nuevo', 'reset'],
		async run({ person, place, words }) {
			await deps.store.forgetChannel(person, place);
			return [words.command.fresh];
		},
	};
}
