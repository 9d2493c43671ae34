/** A file that somebody gave on the web before they asked about it. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Upload = defineEntity({
	name: 'Upload',
	tableName: 'uploads',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'uploads_user_id_index', properties: ['user'] },
		{ name: 'uploads_created_at_index', properties: ['createdAt'] },
	],
	properties: {
		id: id(),
		user: () => p.manyToOne(User).updateRule('no action').deleteRule('cascade'),
		name: p.text(),
		/** By its content, as far as the first bytes tell. */
		mediaType: p.text(),
		sizeBytes: p.integer(),
		/** What its bytes are kept by. */
		contentHash: p.text(),
		createdAt: timeOfInsert(),
	},
});
export type Upload = InferEntity<typeof Upload>;
