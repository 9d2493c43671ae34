/** `admin`: people, roles and limits, by the commands that `npm run admin` takes too. */

import { z } from 'zod';
import { beginsAdminCommand, splitOrder } from '../administration/admin-commands.ts';
import { adminForm, fillAdminForm } from '../administration/admin-forms.ts';
import { defineCommand } from './definition.ts';

export const adminCommand = defineCommand({
	names: { en: 'admin', es: 'administrar' },
	audience: 'administrators',
	answer: 'private',
	arguments: {
		order: {
			schema: z.string().default(''),
			complete: async ({ person, services: { administration } }, typed) => await administration.endings(typed, person),
		},
	},
	examples: ['admin', 'admin grant slack:T0123:U0123 admin', 'administrar', 'administrar roles'],
	isArgument: beginsAdminCommand,
	onlyLooks: (typed) => typed.trim() === '' || splitOrder(typed)?.command.onlyLooks === true,
	forms: {
		formFor: (typed, { words }) => adminForm(typed, words.administration),
		fill: (typed, inputs, words) => fillAdminForm(typed, inputs, words.administration),
	},
	async run({ person: asker, place, words, services: { administration } }, { order }) {
		const isOpen = place.kind !== 'direct';
		const { result } = await administration.run(order, { actor: { kind: 'person', asker }, words, isOpen });
		return result;
	},
});
