/** `audit find`: entries of the audit log that have something in them: a name, an order, an account. */

import { z } from 'zod';
import { shortened } from '../../text.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { listEntries } from '../audit-log.ts';
import { joined } from '../typed-words.ts';

/** Of the newest; who looks for older ones asks the database. */
const entriesLookedAt = 1_000;
const mostShown = 20;
const mostTextCharacters = 60;

export const auditFindCommand = defineAdminCommand({
	name: 'audit-find',
	split: (words) => (words.length === 0 ? null : { text: joined(words) }),
	arguments: z.object({ text: z.string().min(1).max(200) }),
	examples: ['audit find grant', 'audit find "Ana Pérez"'],
	onlyLooks: true,
	async run({ transaction, words }, { text }) {
		const entries = await listEntries(transaction, entriesLookedAt, words.log);
		const found = entries.filter((entry) => entry.toLowerCase().includes(text.toLowerCase())).slice(0, mostShown);
		const { found: said } = words.operating;
		const shown = shortened(text, mostTextCharacters);
		return { result: found.length === 0 ? [said.nothing(shown)] : [said.heading(shown), { list: found }] };
	},
});
