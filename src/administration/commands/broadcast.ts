/** `broadcast`: says something in every channel at once, after it was shown where. */

import { z } from 'zod';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';
import { joinedAsTyped } from '../typed-words.ts';

/** With its frame it fits into the smallest message of all platforms (2,000 characters on Discord), beside the channels. */
const mostCharacters = 1_000;

export const broadcastCommand = defineAdminCommand({
	name: 'broadcast',
	split: (words) => (words.length === 0 ? null : { message: joinedAsTyped(words) }),
	arguments: z.object({ message: z.string().min(1).max(mostCharacters) }),
	examples: ['broadcast I am away on Sunday from 8 to 10.'],
	explain: (_argument, { broadcast }) => broadcast.length(mostCharacters),
	// What is said to all is in the channels.
	noted: () => ({}),
	async runAsProgram({ broadcasts, actor, words: { broadcast: words, ...others } }, { message }) {
		if (broadcasts === null || actor.kind === 'console') throw new CommandRefusal('not-here', words.inChatAlone);
		const asked = await broadcasts.ask(actor.asker, message, { ...others, broadcast: words });
		if (typeof asked === 'string') throw new CommandRefusal(asked, words.refused[asked]);
		return { result: [words.asked(asked)], change: { subjectUserId: null, details: { channels: asked, characters: message.length } } };
	},
});
