/** A person who talks to the bot. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { UserRole } from '../roles.ts';
import { id, time, timeOfInsert } from './columns.ts';

export const User = defineEntity({
	name: 'User',
	tableName: 'users',
	rowLevelSecurity: 'force',
	checks: [{ name: 'users_role_check', expression: "role in ('ccb_guest', 'ccb_employee', 'ccb_admin')" }],
	properties: {
		id: id(),
		role: p.text().$type<UserRole>().default('ccb_employee'),
		displayName: p.text(),
		locale: p.text().nullable(),
		createdAt: timeOfInsert(),
		deactivatedAt: time().nullable(),
	},
});
export type User = InferEntity<typeof User>;
