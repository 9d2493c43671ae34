/** What somebody is asked to confirm before it is done: with a button that works once, for them alone, and for some minutes. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Confirmation = defineEntity({
	name: 'Confirmation',
	tableName: 'confirmations',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'confirmations_user_id_index', properties: ['user'] }],
	checks: [{ name: 'confirmations_action_check', expression: "action in ('erase-person', 'export-person')" }],
	properties: {
		id: id(),
		user: () => p.manyToOne(User).deleteRule('cascade'),
		action: p.text().$type<'erase-person' | 'export-person'>(),
		createdAt: timeOfInsert(),
		expiresAt: time(),
		usedAt: time().nullable(),
	},
});
export type Confirmation = InferEntity<typeof Confirmation>;
