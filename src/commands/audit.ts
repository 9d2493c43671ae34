/** `audit`: what somebody and the bot said to each other, for an administrator who gives a reason that is kept. */

import type { AuditReading } from '../administration/audit-reading.ts';
import { beginsAuditRequest } from '../administration/audit-request.ts';
import type { Command } from './command.ts';

export function createAuditCommand({ reading }: { reading: AuditReading }): Command {
	return {
		name: 'audit',
		spoken: ['auditar'],
		isArgument: beginsAuditRequest,
		async run({ person: asker, words, place, argument }) {
			// Elsewhere some platforms show private words openly when they cannot show them privately.
			if (place.kind !== 'direct') return [words.command.directOnly];
			return await reading.read(argument, { asker, words });
		},
	};
}
