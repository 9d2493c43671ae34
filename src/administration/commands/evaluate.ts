/** `evaluate`: the accepted cases are asked again, and whoever wanted it is told what fails now and passed before. */

import { z } from 'zod';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';

export const evaluateCommand = defineAdminCommand({
	name: 'evaluate',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['evaluate'],
	takesNoText: true,
	async runAsProgram({ evaluations, actor, words: { evaluation } }) {
		if (evaluations === null || actor.kind === 'console') throw new CommandRefusal('not-here', evaluation.inChatAlone);
		await evaluations.begin(actor.asker.userId);
		return { result: [evaluation.begun], change: { subjectUserId: null, details: {} } };
	},
});
