/** What people asked, in the database: found again, changed and taken back by its author. */

import { forgetStatements } from '../connectors/query-log.ts';
import type { Database } from '../database/database.ts';
import { now } from '../database/entities/columns.ts';
import { Conversation } from '../database/entities/conversation.ts';
import { Message } from '../database/entities/message.ts';
import { storableJson, storableText } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import { questionIdOf } from '../identity/place-id.ts';
import type { MessageWords } from '../platform/chat-event.ts';
import type { Place } from '../platform/place.ts';
import { dropCasesOf } from './feedback-cases.ts';
import type { TellChange } from './listener.ts';
import type { AskedQuestion } from './stored.ts';

/** What was not written down yet is noted as deleted, for it may be waiting for its turn. What somebody else wrote stays as it is. */
const eraseMessage = `
	with erased as (
		update messages set content = '', cited = '[]', attachments = '[]', status = 'deleted', deleted_at = now()
		where id = $1 and author_user_id = $3 and status <> 'deleted'
	)
	insert into messages (id, conversation_id, role, author_user_id, platform_message_id, status, deleted_at, author_identity_id)
	values ($1, $2, 'user', $3, $4, 'deleted', now(), $5) on conflict (id) do nothing`;

/** The conversation is told apart from what it was, so that nothing goes by what was remembered meanwhile. */
const restoreMessage = `
	with restored as (
		update messages set content = $3, cited = $4, status = 'received', deleted_at = null
		where id = $1 and author_user_id = $2 and role = 'user' returning conversation_id
	)
	update conversations set updated_at = now() from restored where id = restored.conversation_id returning id`;

const findErased = "select id from messages where id = $1 and status = 'deleted' union all select id from removed_questions where id = $1";

/** `join` lets the author into the conversation, `tell` hears of what becomes of it. Every method works in the asker's name. @throws BotError as `Database.asUser`. */
export function createQuestionStore(
	database: Database,
	{ join, tell }: { join: (asker: Principal, place: Place) => Promise<string>; tell: TellChange },
) {
	return {
		/** The question behind an answer, and whether it is the asker's own to ask again. Null when the asker may not see it. */
		async findQuestion(asker: Principal, questionId: string): Promise<AskedQuestion | null> {
			const found = await database.asUser(asker, ({ em }) => em.findOne(Message, { id: questionId, role: 'user' }));
			if (found === null) return null;
			const { content: text, cited, attachments, platformMessageId, author, status } = found;
			const isOwn = author?.id === asker.userId;
			return { text, cited, attachments, messageId: platformMessageId ?? '', isOwn, isDeleted: status === 'deleted' };
		},

		/** The author changed what they had written. @returns the conversation's id, or null when the message was never ours. */
		async editQuestion(asker: Principal, place: Place, messageId: string, { text, cited = [] }: MessageWords): Promise<string | null> {
			const questionId = questionIdOf(place, messageId);
			const [row] = await database.queryAs<{ id: string }>(
				asker,
				`update messages set content = $3, cited = $4, edited_at = now()
					where id = $1 and author_user_id = $2 and status <> 'deleted' returning conversation_id as id`,
				[questionId, asker.userId, storableText(text), storableJson(cited)],
			);
			if (row !== undefined) tell(asker, row.id, [questionId]);
			return row?.id ?? null;
		},

		/**
		 * The author undid the deletion: the platform brings the words again, and they are kept again. What was answered to them, and a title or
		 * summary that told of them, nobody brings. @returns the conversation's id, or null when the message was never ours.
		 */
		async restoreQuestion(asker: Principal, place: Place, messageId: string, { text, cited = [] }: MessageWords): Promise<string | null> {
			const questionId = questionIdOf(place, messageId);
			const values = [questionId, asker.userId, storableText(text), storableJson(cited)];
			const [row] = await database.queryAs<{ id: string }>(asker, restoreMessage, values);
			if (row !== undefined) tell(asker, row.id, [questionId]);
			return row?.id ?? null;
		},

		/**
		 * The author took back what they had written: its text and its attachments' names go, and so does a summary that may repeat it.
		 * Safe to repeat. @returns the conversation's id.
		 */
		async eraseQuestion(asker: Principal, place: Place, messageId: string): Promise<string> {
			const conversationId = await join(asker, place);
			const questionId = questionIdOf(place, messageId);
			const answers = await database.asUser(asker, async (transaction) => {
				const { query, em } = transaction;
				await dropCasesOf(transaction, questionId);
				await forgetStatements(transaction, questionId);
				await query(eraseMessage, [questionId, conversationId, asker.userId, messageId, asker.identityId ?? null]);
				// What was answered to it may repeat it word for word.
				const answered = { inReplyTo: questionId, status: { $ne: 'generating' } } as const;
				await em.nativeUpdate(Message, answered, {
					content: '',
					sources: [],
					trace: null,
					dataQuery: null,
					status: 'deleted',
					deletedAt: now(),
				});
				await em.nativeUpdate(Conversation, conversationId, { summary: null, summaryThrough: null, title: null, updatedAt: now() });
				return await query<{ id: string }>('select id from messages where in_reply_to = $1', [questionId]);
			});
			tell(asker, conversationId, [questionId, ...answers.map(({ id }) => id)]);
			return conversationId;
		},

		/** Whether the author took the message back before it was answered, alone or with its conversation. */
		async isErased(asker: Principal, place: Place, messageId: string): Promise<boolean> {
			return (await database.queryAs(asker, findErased, [questionIdOf(place, messageId)])).length > 0;
		},
	};
}
