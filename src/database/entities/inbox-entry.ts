/** One platform event that was accepted, and what became of it. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChatEvent } from '../../platform/chat-event.ts';
import { sequenceNumber, time, timeOfInsert } from './columns.ts';

export const InboxEntry = defineEntity({
	name: 'InboxEntry',
	tableName: 'inbox',
	rowLevelSecurity: 'force',
	checks: [{ name: 'inbox_status_check', expression: "status in ('accepted', 'processing', 'done', 'failed')" }],
	uniques: [{ name: 'inbox_one_at_a_time', properties: ['conversationKey'], where: "status = 'processing'" }],
	indexes: [
		{ name: 'inbox_unfinished_index', properties: ['sequence'], where: "status in ('accepted', 'processing')" },
		{ name: 'inbox_conversation_index', properties: ['conversationKey', 'sequence'], where: "status in ('accepted', 'processing')" },
		{ name: 'inbox_finished_at_index', properties: ['finishedAt'] },
		{ name: 'inbox_account_index', properties: ['account', 'sequence'], where: 'reason is not null' },
	],
	properties: {
		key: p.text().primary(),
		/** Order of acceptance. */
		sequence: sequenceNumber().generated('identity').autoincrement(),
		platform: p.text(),
		type: p.text().$type<ChatEvent['type']>(),
		/** Events with the same key run one after the other; null runs beside anything. */
		conversationKey: p.text().nullable(),
		/** Null once the event is finished. */
		payload: p.json<ChatEvent>().nullable(),
		status: p.text().$type<'accepted' | 'processing' | 'done' | 'failed'>().default('accepted'),
		attempts: p.integer().default(0),
		leaseOwner: p.text().nullable(),
		leaseUntil: time().nullable(),
		acceptedAt: timeOfInsert(),
		finishedAt: time().nullable(),
		outcome: p.text().nullable(),
		/** Of a message that got no answer of its own: `identities.id` of its author, and why. */
		account: p.uuid().nullable(),
		reason: p.text().nullable(),
	},
});
export type InboxEntry = InferEntity<typeof InboxEntry>;
