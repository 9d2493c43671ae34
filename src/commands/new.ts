/** `new`: what was said here is not remembered any more. */

import type { Memories } from '../conversation/memory.ts';
import type { ConversationStore } from '../conversation/store.ts';
import type { Command } from './command.ts';

export function createNewCommand(deps: { store: ConversationStore; memories: Memories }): Command {
	return {
		name: 'new',
		spoken: ['nuevo', 'reset'],
		async run({ person, place, words }) {
			for (const conversationId of await deps.store.forgetChannel(person, place)) await deps.memories.forget(conversationId);
			return words.command.fresh;
		},
	};
}
