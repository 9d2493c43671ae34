/** One platform account of a user. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Identity = defineEntity({
	name: 'Identity',
	tableName: 'identities',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'identities_account_unique', properties: ['platform', 'tenantId', 'accountId'] }],
	indexes: [{ name: 'identities_user_id_index', properties: ['user'] }],
	properties: {
		id: id(),
		user: () => p.manyToOne(User).deleteRule('cascade'),
		platform: p.text(),
		tenantId: p.text(),
		accountId: p.text(),
		displayName: p.text(),
		locale: p.text().nullable(),
		isGuest: p.boolean().default(false),
		isExternal: p.boolean().default(false),
		refreshedAt: timeOfInsert(),
	},
});
export type Identity = InferEntity<typeof Identity>;
