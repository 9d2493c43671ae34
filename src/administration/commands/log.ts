/** `log`: what administrators did, the newest first. */

import { z } from 'zod';
import { defineAdminCommand } from '../admin-command.ts';
import { listEntries } from '../audit-log.ts';

/** How many entries are shown unless it is said, and at most: more do not fit into one message. */
const usualEntries = 10;
const mostEntries = 50;

const countSchema = z
	.string()
	.regex(/^\d{1,3}$/)
	.transform((typed) => Math.min(Number(typed), mostEntries))
	.refine((count) => count > 0)
	.default(usualEntries);

export const logCommand = defineAdminCommand({
	name: 'log',
	split: ([first, ...rest]) => (rest.length > 0 ? null : { count: first?.text }),
	arguments: z.object({ count: countSchema }),
	examples: ['log', 'log 20'],
	onlyLooks: true,
	takesNoText: true,
	async run({ transaction, words }, { count }) {
		const list = await listEntries(transaction, count, words.log);
		return { result: [list.length === 0 ? words.log.empty : { list }] };
	},
});
