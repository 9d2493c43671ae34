/** `audit export` and `feedback export`: records as a file that spreadsheets open, in the administrator's personal chat. */

import { z } from 'zod';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal, type Effect, type ProgramContext } from '../admin-context.ts';
import { auditReason } from '../audit-request.ts';
import type { WantedRecord } from '../record-files.ts';
import { joined } from '../typed-words.ts';

export const auditExportCommand = defineAdminCommand({
	name: 'audit-export',
	split: (words) => (words.length === 0 ? {} : { reason: joined(words) }),
	arguments: z.object({ reason: auditReason.optional() }),
	fields: [],
	examples: ['audit export', 'audit export complaint of 3 May'],
	// What it does is written down before it is done.
	onlyLooks: true,
	runAsProgram: async (context, { reason }) => await bring(context, { name: 'audit', reason }),
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
	runAsProgram: async (context, { what }) => await bring(context, { name: what ?? 'feedback' }),
});

async function bring({ records, actor, words }: ProgramContext, wanted: WantedRecord): Promise<Effect> {
	if (records === null || actor.kind === 'console') throw new CommandRefusal('not-here', words.records.inChatAlone);
	const outcome = await records.bring(actor.asker, wanted, words);
	if (outcome === 'unreached') throw new CommandRefusal('unreached', words.records.unreached);
	return { result: [words.records[outcome]] };
}
