/** `admin`: people, roles and limits, by the orders that `npm run admin` takes too. */

import type { Administration } from '../administration/administration.ts';
import { beginsOrder } from '../administration/order.ts';
import type { Command } from './command.ts';

export interface AdminCommandDependencies {
	administration: Administration;
	/** How many characters one private message on this platform takes. */
	characters: (platform: string) => number;
}

export function createAdminCommand({ administration, characters }: AdminCommandDependencies): Command {
	return {
		name: 'admin',
		spoken: ['administrar'],
		isArgument: beginsOrder,
		async run({ person: asker, words, place, argument }) {
			const given = { actor: { kind: 'person', asker }, words, characters: characters(place.platform) } as const;
			const { text } = await administration.run(argument, given);
			return text;
		},
	};
}
