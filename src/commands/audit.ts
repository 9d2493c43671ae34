/** `audit`: what somebody and the bot said to each other, for an administrator who gives a reason that is kept. */

import { z } from 'zod';
import { auditCount, auditReason, beginsAuditRequest } from '../administration/audit-request.ts';
import { defineCommand } from './definition.ts';

export const auditCommand = defineCommand({
	names: { en: 'audit', es: 'auditar' },
	audience: 'administrators',
	answer: 'direct-chat',
	arguments: {
		who: { schema: z.string() },
		count: { schema: auditCount.schema, range: auditCount.range },
		why: { schema: auditReason },
	},
	examples: [
		'audit slack:T0123:U0123 20 complaint of 3 May',
		'audit "Ana Pérez" complaint of 3 May',
		'auditar «Ana Pérez» queja del 3 de mayo',
	],
	isArgument: beginsAuditRequest,
	explain(argument, { words: { administration }, services: { reading } }) {
		if (!reading.isOn) return administration.audit.off;
		return argument === 'who' ? administration.audit.usage : administration.audit.reason;
	},
	async run({ person: asker, words, services: { reading } }, { who: person, count, why: reason }) {
		return await reading.read({ person, count, reason }, { asker, words });
	},
});
