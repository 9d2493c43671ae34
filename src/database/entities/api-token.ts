/** What a person gave to a program, so that it asks in their name. The secret is kept as its hash. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, time, timeOfInsert } from './columns.ts';
import { Identity } from './identity.ts';

export const ApiToken = defineEntity({
	name: 'ApiToken',
	tableName: 'api_tokens',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'api_tokens_secret_hash_unique', properties: ['secretHash'] }],
	indexes: [{ name: 'api_tokens_identity_id_index', properties: ['identity'] }],
	properties: {
		id: id(),
		identity: () => p.manyToOne(Identity).deleteRule('cascade'),
		secretHash: p.text(),
		/** How it begins, to know it again by. */
		hint: p.text(),
		name: p.text(),
		/** What the program may do with it. */
		scopes: p.array().columnType('text[]'),
		createdAt: timeOfInsert(),
		expiresAt: time(),
		/** In steps; null while nobody came with it. */
		lastUsedAt: time().nullable(),
	},
});
export type ApiToken = InferEntity<typeof ApiToken>;
