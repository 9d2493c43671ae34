/** `audit find`: entries of the audit log that have something in them: a name, an order, an account. Who says why has it written down. */

import { z } from 'zod';
import { shortened } from '../../text.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { listEntries } from '../audit-log.ts';
import { auditReason } from '../audit-request.ts';
import { joined } from '../typed-words.ts';

/** Of the newest; who looks for older ones asks the database. */
const entriesLookedAt = 1_000;
const mostShown = 20;
const mostTextCharacters = 60;

export const auditFindCommand = defineAdminCommand({
	name: 'audit-find',
	split: ([first, ...rest]) => {
		if (first === undefined) return null;
		return first.isQuoted && rest.length > 0 ? { text: first.text, reason: joined(rest) } : { text: joined([first, ...rest]) };
	},
	arguments: z.object({ text: z.string().min(1).max(200), reason: auditReason.optional() }),
	fields: ['text'],
	examples: ['audit find grant', 'audit find "Ana Pérez"', 'audit find "Ana Pérez" complaint of 3 May'],
	onlyLooks: true,
	async run({ transaction, words }, { text, reason }) {
		const entries = await listEntries(transaction, entriesLookedAt, words.log);
		const found = entries.filter((entry) => entry.toLowerCase().includes(text.toLowerCase())).slice(0, mostShown);
		const { found: said } = words.operating;
		const shown = shortened(text, mostTextCharacters);
		const result = found.length === 0 ? [said.nothing(shown)] : [said.heading(shown), { list: found }];
		return reason === undefined ? { result } : { result, change: { subjectUserId: null, details: { found: text, reason } } };
	},
});
