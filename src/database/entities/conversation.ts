/** A conversation, addressed by its place on a platform, and who takes part in it. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { id, sequenceNumber, time, timeOfInsert } from './columns.ts';
import { User } from './user.ts';

export const Conversation = defineEntity({
	name: 'Conversation',
	tableName: 'conversations',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'conversations_key_unique', properties: ['key'] }],
	indexes: [
		{ name: 'conversations_created_by_index', properties: ['createdBy'] },
		{ name: 'conversations_continued_from_index', properties: ['continuedFrom'] },
		{ name: 'conversations_muted_at_index', properties: ['mutedAt'], where: 'muted_at is not null' },
	],
	checks: [
		{ name: 'conversations_kind_check', expression: "kind in ('direct', 'group', 'channel')" },
		{ name: 'conversations_group_check', expression: "kind <> 'group' or (title is null and summary is null)" },
	],
	properties: {
		id: id(),
		/** As `conversationKey` makes it from the place. */
		key: p.text(),
		platform: p.text(),
		tenantId: p.text(),
		channelId: p.text(),
		threadId: p.text(),
		kind: p.text().$type<Place['kind']>(),
		title: p.text().nullable(),
		summary: p.text().nullable(),
		/** The `sequence` of the last message that the summary covers. */
		summaryThrough: sequenceNumber().nullable(),
		/** The `sequence` from which the model remembers; what was said before is kept, but forgotten. */
		memoryFrom: sequenceNumber().nullable(),
		createdBy: () => p.manyToOne(User).fieldName('created_by').nullable().deleteRule('set null'),
		createdAt: timeOfInsert(),
		/** When what is remembered of it was changed. */
		updatedAt: timeOfInsert(),
		lastSaidAt: timeOfInsert(),
		/** Its memory begins with that of this one. */
		continuedFrom: () => p.manyToOne(Conversation).fieldName('continued_from').nullable().deleteRule('set null'),
		/** When somebody asked the bot to be quiet there until it is mentioned again. */
		mutedAt: time().nullable(),
	},
});
export type Conversation = InferEntity<typeof Conversation>;

export const ConversationParticipant = defineEntity({
	name: 'ConversationParticipant',
	tableName: 'conversation_participants',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'conversation_participants_user_id_index', properties: ['user'] }],
	properties: {
		conversation: () => p.manyToOne(Conversation).primary().updateRule('no action').deleteRule('cascade'),
		user: () => p.manyToOne(User).primary().updateRule('no action').deleteRule('cascade'),
		/** What was said earlier is not theirs to read. */
		readsFrom: timeOfInsert(),
		/** How the person sees it, in their own list. Null for the title that it has for all. */
		title: p.text().nullable(),
		pinnedAt: time().nullable(),
		archivedAt: time().nullable(),
		/** It is in no list of theirs until something is said there again. */
		hiddenAt: time().nullable(),
		/** The `sequence` of the last message that they have read. */
		readThrough: sequenceNumber().nullable(),
	},
});
export type ConversationParticipant = InferEntity<typeof ConversationParticipant>;
