/** `health`: what is wrong and what to do about it, part by part, as `/readyz` says it, in the administrator's language. */

import { z } from 'zod';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { CommandRefusal } from '../admin-context.ts';

export const healthCommand = defineAdminCommand({
	name: 'health',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['health'],
	onlyLooks: true,
	takesNoText: true,
	async runAsProgram({ health, deadLetters, words: { operating } }) {
		const { health: words } = operating;
		if (health === null) throw new CommandRefusal('not-here', words.inChatAlone);
		const parts = Object.entries(await health());
		const failed = (await deadLetters.list()).length;
		const isFine = parts.every(([, { state }]) => state === 'up') && failed === 0;
		const rows = parts.map(([name, { state, reason }]) => [name, words.part(words.state[state], reason && words.reason(reason))] as const);
		return { result: [...(isFine ? [words.fine] : []), { rows }, ...(failed === 0 ? [] : [words.failedJobs(failed)])] };
	},
});
