/** How a person says that two accounts are theirs: with a code that is used once, and not guessed. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const LinkCode = defineEntity({
	name: 'LinkCode',
	tableName: 'link_codes',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'link_codes_user_id_index', properties: ['user'] }],
	properties: {
		codeHash: p.text().primary(),
		/** Who asked for it. */
		user: () => p.manyToOne(User).deleteRule('cascade'),
		createdAt: timeOfInsert(),
		expiresAt: time(),
		usedAt: time().nullable(),
	},
});
export type LinkCode = InferEntity<typeof LinkCode>;

export const LinkAttempts = defineEntity({
	name: 'LinkAttempts',
	tableName: 'link_attempts',
	rowLevelSecurity: 'force',
	properties: {
		user: () => p.manyToOne(User).primary().updateRule('no action').deleteRule('cascade'),
		/** Wrong codes since then, within an hour. */
		wrong: p.integer().default(0),
		countedFrom: timeOfInsert(),
		lockedUntil: time().nullable(),
	},
});
export type LinkAttempts = InferEntity<typeof LinkAttempts>;
