/** `audit export` and `feedback export`: records as a file that spreadsheets open, in the administrator's personal chat. */

import { z } from 'zod';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { CommandRefusal, type Effect, type ProgramContext } from '../admin-context.ts';
import type { RecordName } from '../record-files.ts';

export const auditExportCommand = defineAdminCommand({
	name: 'audit-export',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['audit export'],
	// What it does is written down before it is done.
	onlyLooks: true,
	takesNoText: true,
	runAsProgram: async (context) => await bring(context, 'audit'),
});

export const feedbackExportCommand = defineAdminCommand({
	name: 'feedback-export',
	split: ([first, ...rest]) => (rest.length > 0 ? null : { what: first?.text.toLowerCase() }),
	arguments: z.object({ what: z.literal('shown').optional() }),
	ownWords: ['shown'],
	examples: ['feedback export', 'feedback export shown'],
	onlyLooks: true,
	takesNoText: true,
	choices: { what: ['shown'] },
	runAsProgram: async (context, { what }) => await bring(context, what ?? 'feedback'),
});

async function bring({ records, actor, words }: ProgramContext, name: RecordName): Promise<Effect> {
	if (records === null || actor.kind === 'console') throw new CommandRefusal('not-here', words.records.inChatAlone);
	const outcome = await records.bring(actor.asker, name, words);
	if (outcome === 'unreached') throw new CommandRefusal('unreached', words.records.unreached);
	return { result: [words.records[outcome]] };
}
