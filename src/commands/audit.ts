/** `audit`: what somebody and the bot said to each other, for an administrator who gives a reason that is kept. */

import type { AuditReading } from '../administration/audit-reading.ts';
import { beginsAuditRequest } from '../administration/audit-request.ts';
import type { Command } from './command.ts';

export interface AuditCommandDependencies {
	reading: AuditReading;
	/** How many characters one private message on this platform takes. */
	characters: (platform: string) => number;
}

export function createAuditCommand({ reading, characters }: AuditCommandDependencies): Command {
	return {
		name: 'audit',
		spoken: ['auditar'],
		isArgument: beginsAuditRequest,
		async run({ person: asker, words, place, argument }) {
			// Elsewhere some platforms show private words openly when they cannot show them privately.
			if (place.kind !== 'direct') return words.administration.audit.privateOnly;
			return await reading.read(argument, { asker, words, characters: characters(place.platform) });
		},
	};
}
