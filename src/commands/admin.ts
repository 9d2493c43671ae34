/** `admin`: people, roles and limits, by the commands that `npm run admin` takes too. */

import { z } from 'zod';
import { beginsAdminCommand } from '../administration/admin-commands.ts';
import { defineCommand } from './definition.ts';

export const adminCommand = defineCommand({
	names: { en: 'admin', es: 'administrar' },
	audience: 'administrators',
	answer: 'private',
	arguments: { order: { schema: z.string().default('') } },
	examples: ['admin', 'admin grant slack:T0123:U0123 admin', 'administrar', 'administrar roles'],
	isArgument: beginsAdminCommand,
	async run({ person: asker, words, services: { administration } }, { order }) {
		const { result } = await administration.run(order, { actor: { kind: 'person', asker }, words });
		return result;
	},
});
