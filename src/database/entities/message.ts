/** One message of a conversation, by a person or by the assistant, and what people thought of it. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Attachment, CitedWords } from '../../platform/chat-event.ts';
import type { Source } from '../../platform/chat-platform.ts';
import { id, sequenceNumber, time, timeOfInsert } from './columns.ts';
import { Conversation } from './conversation.ts';
import { Identity } from './identity.ts';
import { User } from './user.ts';

const statuses = ['received', 'generating', 'delivering', 'answered', 'stopped', 'failed', 'refused', 'interrupted', 'deleted'] as const;
export type MessageStatus = (typeof statuses)[number];

export const Message = defineEntity({
	name: 'Message',
	tableName: 'messages',
	rowLevelSecurity: 'force',
	checks: [
		{ name: 'messages_role_check', expression: "role in ('user', 'assistant')" },
		{ name: 'messages_status_check', expression: `status in (${statuses.map((status) => `'${status}'`).join(', ')})` },
	],
	uniques: [{ name: 'messages_platform_message_unique', properties: ['conversation', 'platformMessageId'], where: "role = 'user'" }],
	indexes: [
		{ name: 'messages_conversation_id_sequence_index', properties: ['conversation', 'sequence'] },
		{ name: 'messages_in_reply_to_index', properties: ['inReplyTo'] },
		{ name: 'messages_author_user_id_index', properties: ['author'] },
		{ name: 'messages_created_at_index', properties: ['createdAt'] },
		{ name: 'messages_author_identity_id_index', properties: ['authorIdentity'] },
		{
			name: 'messages_drawn_from_index',
			expression: `create index messages_drawn_from_index on messages using gin (drawn_from) where drawn_from <> '{}'`,
		},
		{
			name: 'messages_attachments_index',
			expression: `create index messages_attachments_index on messages using gin (attachments jsonb_path_ops) where attachments <> '[]'`,
		},
	],
	properties: {
		id: id(),
		/** Order of arrival over all conversations. */
		sequence: sequenceNumber().generated('identity').autoincrement(),
		conversation: () => p.manyToOne(Conversation).deleteRule('cascade'),
		role: p.text().$type<'user' | 'assistant'>(),
		/** Null for the assistant. */
		author: () => p.manyToOne(User).fieldName('author_user_id').nullable().deleteRule('set null'),
		/** The account that the author wrote with. */
		authorIdentity: () => p.manyToOne(Identity).fieldName('author_identity_id').nullable().deleteRule('set null'),
		/** What the author was called then. */
		authorName: p.text().nullable(),
		platformMessageId: p.text().nullable(),
		/** The person's message that the assistant answers. */
		inReplyTo: () => p.manyToOne(Message).fieldName('in_reply_to').nullable().deleteRule('cascade'),
		content: p.text().default(''),
		status: p.text().$type<MessageStatus>(),
		attachments: p.json<Attachment[]>().defaultRaw("'[]'"),
		/** What the message holds beside the author's own words. */
		cited: p.json<CitedWords[]>().defaultRaw("'[]'"),
		/** What the assistant's text cites, by its numbers. */
		sources: p.json<Source[]>().defaultRaw("'[]'"),
		/** The shares of documents that the assistant was shown: `document_placements.id`. */
		drawnFrom: p.array().columnType('uuid[]').defaultRaw("'{}'"),
		/** One of them is gone: with it went what the assistant said of it, and what people quoted of that. */
		isForgotten: p.boolean().default(false),
		/** `chunks.id` of the passages that it was written from, the best first: empty where nothing was about the question. Null where documents were not asked. */
		found: p.json<number[]>().nullable(),
		/** How many marks of sources the model wrote, by what the check made of them; null where it had none to cite. */
		supportedMarks: p.integer().nullable(),
		unsupportedMarks: p.integer().nullable(),
		unknownMarks: p.integer().nullable(),
		/** How the assistant's text came about. Null for what was answered before that was kept. */
		trace: p.json<Readonly<Record<string, unknown>>>().nullable(),
		/** What it asked a company's database; null where it asked none. */
		dataQuery: p.json<Readonly<Record<string, unknown>>>().nullable(),
		model: p.text().nullable(),
		host: p.text().nullable(),
		promptTokens: p.integer().nullable(),
		outputTokens: p.integer().nullable(),
		errorCode: p.text().nullable(),
		finishReason: p.text().nullable(),
		receivedAt: time().nullable(),
		signAt: time().nullable(),
		firstTokenAt: time().nullable(),
		firstTextAt: time().nullable(),
		lastTokenAt: time().nullable(),
		finalTextAt: time().nullable(),
		createdAt: timeOfInsert(),
		editedAt: time().nullable(),
		deletedAt: time().nullable(),
	},
});
export type Message = InferEntity<typeof Message>;

export const Feedback = defineEntity({
	name: 'Feedback',
	tableName: 'feedback',
	rowLevelSecurity: 'force',
	checks: [{ name: 'feedback_rating_check', expression: 'abs(rating) = 1' }],
	indexes: [{ name: 'feedback_user_id_index', properties: ['user'] }],
	properties: {
		message: () => p.manyToOne(Message).primary().updateRule('no action').deleteRule('cascade'),
		user: () => p.manyToOne(User).primary().updateRule('no action').deleteRule('cascade'),
		rating: p.smallint().$type<-1 | 1>(),
		/** Why, in the person's own words, where the platform asks for it. */
		comment: p.text().nullable(),
		/** The rater shows administrators what was asked and answered. */
		showsExchange: p.boolean().default(false),
		updatedAt: timeOfInsert(),
	},
});
export type Feedback = InferEntity<typeof Feedback>;
