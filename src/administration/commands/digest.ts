/** `digest now`: the digests of all channels that get one, in the middle of the week. */

import { z } from 'zod';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';

export const digestNowCommand = defineAdminCommand({
	name: 'digest-now',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['digest now'],
	takesNoText: true,
	async runAsProgram({ digests, words: { digest } }) {
		if (digests === null) throw new CommandRefusal('not-here', digest.inChatAlone);
		const count = await digests.now();
		if (count === 0) throw new CommandRefusal('nothing-there', digest.none);
		return { result: [digest.done(count)], change: { subjectUserId: null, details: { channels: count } } };
	},
});
