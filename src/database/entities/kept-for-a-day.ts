/** What is kept for a day of what somebody does on the web: what the bot told them alone, and what they removed while it was being answered. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const WebNotice = defineEntity({
	name: 'WebNotice',
	tableName: 'web_notices',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'web_notices_user_id_conversation_id_index', properties: ['user', 'conversationId'] },
		{ name: 'web_notices_created_at_index', properties: ['createdAt'] },
	],
	properties: {
		id: p.uuid().primary(),
		user: () => p.manyToOne(User).updateRule('no action').deleteRule('cascade'),
		/** There may be none of this id yet, or never. */
		conversationId: p.uuid(),
		notice: p.json<object>(),
		createdAt: timeOfInsert(),
	},
});
export type WebNotice = InferEntity<typeof WebNotice>;

export const RemovedQuestion = defineEntity({
	name: 'RemovedQuestion',
	tableName: 'removed_questions',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'removed_questions_user_id_index', properties: ['user'] },
		{ name: 'removed_questions_removed_at_index', properties: ['removedAt'] },
	],
	properties: {
		/** That `messages` would have of it. */
		id: p.uuid().primary(),
		user: () => p.manyToOne(User).updateRule('no action').deleteRule('cascade'),
		removedAt: timeOfInsert(),
	},
});
export type RemovedQuestion = InferEntity<typeof RemovedQuestion>;
