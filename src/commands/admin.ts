/** `admin`: people, roles and limits, by the orders that `npm run admin` takes too. */

import type { Administration } from '../administration/administration.ts';
import { beginsOrder } from '../administration/order.ts';
import type { Command } from './command.ts';

export function createAdminCommand({ administration }: { administration: Administration }): Command {
	return {
		name: 'admin',
		spoken: ['administrar'],
		isArgument: beginsOrder,
		async run({ person: asker, words, argument }) {
			const { result } = await administration.run(argument, { actor: { kind: 'person', asker }, words });
			return result;
		},
	};
}
