/** Which model administrators chose for where nobody chose another one: one row, or none. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const DefaultModel = defineEntity({
	name: 'DefaultModel',
	tableName: 'default_models',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'default_models_chosen_by_index', properties: ['chosenBy'] }],
	checks: [{ name: 'default_models_is_only_row_check', expression: 'is_only_row' }],
	properties: {
		isOnlyRow: p.boolean().primary().default(true),
		/** As the settings named it then. */
		model: p.text(),
		chosenBy: () => p.manyToOne(User).fieldName('chosen_by').nullable().deleteRule('set null'),
		chosenAt: timeOfInsert(),
	},
});
export type DefaultModel = InferEntity<typeof DefaultModel>;
