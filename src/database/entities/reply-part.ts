/** One message that a reply occupies on its platform, written down before it is sent so that a crash leaves no orphan. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { timeOfInsert } from './columns.ts';

export const ReplyPart = defineEntity({
	name: 'ReplyPart',
	tableName: 'reply_parts',
	rowLevelSecurity: 'force',
	checks: [
		{ name: 'reply_parts_mode_check', expression: "mode in ('edit', 'stream')" },
		{ name: 'reply_parts_state_check', expression: "state in ('intended', 'shown', 'final', 'obsolete')" },
	],
	indexes: [{ name: 'reply_parts_message_id_index', properties: ['messageId'] }],
	properties: {
		/** `messages.id` of the assistant's message. */
		replyId: p.uuid().primary(),
		/** From 0, in reading order. */
		position: p.integer().primary(),
		place: p.json<Place>(),
		/** Null until the platform has named it. */
		messageId: p.text().nullable(),
		mode: p.text().$type<'edit' | 'stream'>(),
		state: p.text().$type<'intended' | 'shown' | 'final' | 'obsolete'>(),
		updatedAt: timeOfInsert(),
	},
});
export type ReplyPart = InferEntity<typeof ReplyPart>;
