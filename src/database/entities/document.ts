/** Files of people, where each can be read, and the passages that are found in them. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { Channel } from './channel.ts';
import { sequenceNumber, time, timeOfInsert } from './columns.ts';
import { Identity } from './identity.ts';
import { User } from './user.ts';

export const Document = defineEntity({
	name: 'Document',
	tableName: 'documents',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'documents_content_hash_unique', properties: ['contentHash'] }],
	checks: [
		{ name: 'documents_status_check', expression: "status in ('received', 'ready', 'rejected', 'quarantined', 'failed', 'leaving')" },
	],
	properties: {
		/** Follows from the hash. */
		id: p.uuid().primary(),
		/** SHA-256 of its bytes, in hexadecimal. */
		contentHash: p.text(),
		sizeBytes: p.bigint('number'),
		/** `leaving`: it lies nowhere any more, and its bytes are being removed. */
		status: p.text().$type<'received' | 'ready' | 'rejected' | 'quarantined' | 'failed' | 'leaving'>().defaultRaw("'received'"),
		/** Why it is not ready: a reason of `src/knowledge/blocks.ts`, or the code of an error. */
		reason: p.text().nullable(),
		/** What it calls itself. */
		title: p.text().nullable(),
		language: p.text().nullable(),
		isPartial: p.boolean().defaultRaw('false'),
		/** An administrator let it out of quarantine. */
		isReleased: p.boolean().defaultRaw('false'),
		chunkCount: p.integer().defaultRaw('0'),
		/** Of parser, chunker and lexemes together; 0 before it was read. */
		indexVersion: p.integer().defaultRaw('0'),
		createdAt: timeOfInsert(),
		readyAt: time().nullable(),
	},
});
export type Document = InferEntity<typeof Document>;

/** Of a placement whose document can be found there. */
const inForce = 'superseded_at is null and document_id is not null';

export const DocumentPlacement = defineEntity({
	name: 'DocumentPlacement',
	tableName: 'document_placements',
	rowLevelSecurity: 'force',
	indexes: [
		{ name: 'document_placements_document_id_index', properties: ['document'] },
		{ name: 'document_placements_channel_name_index', properties: ['channel', 'name'] },
		{ name: 'document_placements_message_index', properties: ['channel', 'messageId'] },
		{ name: 'document_placements_shared_by_index', properties: ['sharedBy'] },
		{ name: 'document_placements_shared_by_account_index', properties: ['sharedByAccount'] },
		{ name: 'document_placements_file_id_index', properties: ['fileId'] },
		{
			name: 'document_placements_checked_at_index',
			expression: 'create index document_placements_checked_at_index on document_placements (checked_at nulls first, id)',
		},
		{
			name: 'document_placements_newest_index',
			expression: `create index document_placements_newest_index on document_placements (channel_id, shared_at desc) where ${inForce}`,
		},
		{
			name: 'document_placements_newest_published_index',
			expression: `create index document_placements_newest_published_index on document_placements (shared_at desc) where channel_id is null and ${inForce}`,
		},
	],
	uniques: [
		{ name: 'document_placements_source_unique', properties: ['source', 'sourcePath'], where: 'source is not null' },
		{ name: 'document_placements_published_from_unique', properties: ['publishedFrom'] },
	],
	checks: [
		{
			name: 'document_placements_status_check',
			expression: "status in ('asked', 'waiting', 'placed', 'refused', 'failed')",
		},
		{ name: 'document_placements_stale_after_days_check', expression: 'stale_after_days > 0' },
	],
	properties: {
		/** Follows from the place and the file. */
		id: p.uuid().primary(),
		/** Null until it was fetched. */
		document: () => p.manyToOne(Document).nullable().updateRule('no action').deleteRule('cascade'),
		/** Who may read there may read it. Null for the whole company. */
		channel: () => p.manyToOne(Channel).nullable().updateRule('no action').deleteRule('cascade'),
		/** Whose account it is now. */
		sharedBy: () => p.manyToOne(User).fieldName('shared_by').nullable().deleteRule('set null'),
		sharedByAccount: () => p.manyToOne(Identity).fieldName('shared_by_account').nullable().updateRule('no action').deleteRule('set null'),
		/** As it was called there. */
		name: p.text(),
		/** The platform's. */
		fileId: p.text().nullable(),
		messageId: p.text().nullable(),
		place: p.json<Place>().nullable(),
		/** What the platform needs to hand the file out; null once it has. */
		attachment: p.json<Record<string, unknown>>().nullable(),
		/** Where people open it. */
		url: p.text().nullable(),
		/** Of what is not from a chat: the folder or bucket, the path in it, and which version of it that was. */
		source: p.text().nullable(),
		sourcePath: p.text().nullable(),
		sourceVersion: p.text().nullable(),
		/** `asked`: somebody was asked whether to take it. */
		status: p.text().$type<'asked' | 'waiting' | 'placed' | 'refused' | 'failed'>().defaultRaw("'waiting'"),
		reason: p.text().nullable(),
		/** The message that shows how far it is. */
		notice: p.json<Record<string, unknown>>().nullable(),
		/** When it was changed last, as its source says. */
		datedAt: time().nullable(),
		sharedAt: timeOfInsert(),
		/** From how many days on it is old, whatever holds where it is cited. Null where nobody decided. */
		staleAfterDays: p.integer().nullable(),
		/** When a newer version took its place. */
		supersededAt: time().nullable(),
		/** When the platform was asked last whether the file is still there, and when it last said so. */
		checkedAt: time().nullable(),
		foundAt: time().nullable(),
		/** Of what was published to the whole company: where it lies, and goes with. */
		publishedFrom: () =>
			p.manyToOne(DocumentPlacement).fieldName('published_from').nullable().updateRule('no action').deleteRule('cascade'),
		/** And which administrator did that. */
		publishedBy: () => p.manyToOne(User).fieldName('published_by').nullable().updateRule('no action').deleteRule('set null'),
	},
});
export type DocumentPlacement = InferEntity<typeof DocumentPlacement>;

/** Who could read a channel when the platform was asked last. */
export const ChannelReader = defineEntity({
	name: 'ChannelReader',
	tableName: 'channel_readers',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'channel_readers_user_id_index', properties: ['user'] }],
	properties: {
		channel: () => p.manyToOne(Channel).primary().updateRule('no action').deleteRule('cascade'),
		user: () => p.manyToOne(User).primary().updateRule('no action').deleteRule('cascade'),
		verifiedAt: timeOfInsert(),
	},
});
export type ChannelReader = InferEntity<typeof ChannelReader>;

export const StoredChunk = defineEntity({
	name: 'StoredChunk',
	tableName: 'chunks',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'chunks_document_id_position_unique', properties: ['document', 'position'] }],
	properties: {
		id: sequenceNumber().primary().generated('identity').autoincrement(),
		document: () => p.manyToOne(Document).updateRule('no action').deleteRule('cascade'),
		/** From 0, in reading order. */
		position: p.integer(),
		page: p.integer().nullable(),
		/** Where it stands: titles above it. */
		context: p.text(),
		/** What can be quoted. */
		content: p.text(),
		language: p.text().nullable(),
		/** Of context and content, as `src/knowledge/text` makes them. */
		lexemes: p.text().columnType('tsvector'),
		/** How many lexemes, each as often as it stands there. */
		length: p.integer(),
	},
});
export type StoredChunk = InferEntity<typeof StoredChunk>;
