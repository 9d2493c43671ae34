/** Which model was chosen for a conversation, a person or a channel. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Channel } from './channel.ts';
import { id, timeOfInsert } from './columns.ts';
import { Conversation } from './conversation.ts';
import { User } from './user.ts';

export const ModelChoice = defineEntity({
	name: 'ModelChoice',
	tableName: 'model_choices',
	rowLevelSecurity: 'force',
	uniques: [
		{ name: 'model_choices_conversation_id_unique', properties: ['conversation'] },
		{ name: 'model_choices_user_id_unique', properties: ['user'] },
		{ name: 'model_choices_channel_id_unique', properties: ['channel'] },
	],
	indexes: [{ name: 'model_choices_chosen_by_index', properties: ['chosenBy'] }],
	checks: [{ name: 'model_choices_scope_check', expression: 'num_nonnulls(conversation_id, user_id, channel_id) = 1' }],
	properties: {
		id: id(),
		/** One of these three says what it is for. */
		conversation: () => p.manyToOne(Conversation).nullable().updateRule('no action').deleteRule('cascade'),
		user: () => p.manyToOne(User).nullable().updateRule('no action').deleteRule('cascade'),
		channel: () => p.manyToOne(Channel).nullable().updateRule('no action').deleteRule('cascade'),
		/** As the settings named it then. */
		model: p.text(),
		chosenBy: () => p.manyToOne(User).fieldName('chosen_by').nullable().deleteRule('set null'),
		chosenAt: timeOfInsert(),
	},
});
export type ModelChoice = InferEntity<typeof ModelChoice>;
