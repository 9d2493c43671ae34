/** Pieces of work that can be done by hand and through entities, each a signed transaction, and the rows that they need. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import { AuditEntry } from '#src/database/entities/audit-entry.ts';
import { now } from '#src/database/entities/columns.ts';
import { Feedback, Message } from '#src/database/entities/message.ts';
import type { Principal } from '#src/database/transaction.ts';

export interface Scene {
	database: Database;
	asker: Principal;
	/** One of `messages`, by the asker. */
	messageId: string;
}

export type Work = (scene: Scene) => Promise<unknown>;

export interface Pair {
	name: string;
	byHand: Work;
	throughEntities: Work;
}

const messages = 60;

const fields = ['id', 'role', 'content', 'status', 'cited', 'receivedAt', 'author'] as const;
const selectMessages = 'select id, role, content, status, cited, received_at as "receivedAt", author_user_id as author from messages';
const insertEntry = `
	insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details) values ('person', $1, 'grant', 'done', $1, $2)
	returning sequence`;
const rate = `
	insert into feedback (message_id, user_id, rating, comment) values ($1, $2, 1, $3)
	on conflict (message_id, user_id) do update set rating = excluded.rating, comment = excluded.comment, updated_at = now()`;

const readOne: Work = ({ database, asker, messageId }) => database.asUser(asker, ({ em }) => em.findOne(Message, messageId, { fields }));

export const pairs: Pair[] = [
	{
		name: 'read one row',
		byHand: ({ database, asker, messageId }) =>
			database.asUser(asker, ({ query }) => query(`${selectMessages} where id = $1`, [messageId])),
		throughEntities: readOne,
	},
	{
		name: 'read one row, by hand without waiting for the commit',
		byHand: ({ database, asker, messageId }) => database.queryAs(asker, `${selectMessages} where id = $1`, [messageId]),
		throughEntities: readOne,
	},
	{
		name: 'read 50 rows',
		byHand: ({ database, asker }) => database.asUser(asker, ({ query }) => query(`${selectMessages} order by sequence desc limit 50`)),
		throughEntities: ({ database, asker }) =>
			database.asUser(asker, ({ em }) => em.find(Message, {}, { fields, orderBy: { sequence: 'desc' }, limit: 50 })),
	},
	{
		name: 'insert',
		byHand: ({ database, asker }) => database.asUser(asker, ({ query }) => query(insertEntry, [asker.userId, { role: 'ccb_guest' }])),
		throughEntities: ({ database, asker }) => {
			const [actorUserId, details] = [asker.userId, { role: 'ccb_guest' }];
			const entry = { actor: 'person', actorUserId, action: 'grant', outcome: 'done', subjectUserId: actorUserId, details } as const;
			return database.asUser(asker, ({ em }) => em.insert(AuditEntry, entry));
		},
	},
	{
		name: 'update',
		byHand: ({ database, asker, messageId }) =>
			database.asUser(asker, ({ query }) =>
				query(`update messages set content = $2, edited_at = now() where id = $1`, [messageId, randomUUID()]),
			),
		throughEntities: ({ database, asker, messageId }) =>
			database.asUser(asker, ({ em }) => em.nativeUpdate(Message, messageId, { content: randomUUID(), editedAt: now() })),
	},
	{
		name: 'insert or update',
		byHand: ({ database, asker, messageId }) => database.asUser(asker, ({ query }) => query(rate, [messageId, asker.userId, randomUUID()])),
		throughEntities: ({ database, asker, messageId }) => {
			const given = { rating: 1, comment: randomUUID(), updatedAt: now() } as const;
			return database.asUser(asker, ({ em }) => em.upsert(Feedback, { message: messageId, user: asker.userId, ...given }));
		},
	},
];

export async function setScene(database: Database): Promise<Scene> {
	const [userId, conversation] = [randomUUID(), randomUUID()];
	await database.asRegistrar(async ({ query }) => {
		await query(`insert into users (id, role, display_name) values ($1, 'ccb_admin', 'x')`, [userId]);
		await query(
			`insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind) values ($1::uuid, $1::text, 'slack', 'T1', 'C1', '', 'channel')`,
			[conversation],
		);
		await query(`insert into conversation_participants (conversation_id, user_id, reads_from) values ($1, $2, '-infinity')`, [
			conversation,
			userId,
		]);
	});
	const asker: Principal = { userId, role: 'ccb_admin' };
	const ids = Array.from({ length: messages }, () => randomUUID());
	for (const id of ids) {
		const message = { id, conversation, author: userId, role: 'user', status: 'received', content: 'words '.repeat(40) } as const;
		await database.asUser(asker, ({ em }) => em.insert(Message, { ...message, receivedAt: now() }));
	}
	return { database, asker, messageId: ids[0] ?? '' };
}
