/** Conversations and their messages in the database: written in the name of the person who asks, so that the database decides what they see. */

import type { Database } from '../database/database.ts';
import { storableJson, storableText } from '../database/storable.ts';
import type { Asker, Transaction } from '../database/transaction.ts';
import { BotError } from '../errors.ts';
import { isStableId, stableId } from '../identity/stable-id.ts';
import type { Attachment } from '../platform/chat-event.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import { titleOf } from './title.ts';

export type AnswerStatus = 'generating' | 'delivering' | 'answered' | 'stopped' | 'failed' | 'refused' | 'interrupted';

export interface Question {
	place: Place;
	messageId: string;
	text: string;
	attachments: Attachment[];
	receivedAt: Date;
}

/** An answer as it stands in the database. */
export interface AnswerRow {
	id: string;
	conversationId: string;
	questionId: string;
	status: AnswerStatus;
	content: string;
	/** How it was to end, once that is known: an `Ending`. */
	finishReason: string | null;
	sequence: number;
	questionSequence: number;
	questionMessageId: string;
	/** True when the conversation holds nothing else. */
	isFirst?: boolean;
}

export interface AskedQuestion {
	text: string;
	messageId: string;
	/** False for a question of somebody else. */
	isOwn: boolean;
	/** Taken back by its author. */
	isDeleted: boolean;
}

/** An answer that is to be written. */
export interface BegunAnswer extends AnswerRow {
	/** False when an earlier process had begun it: it may have sent messages already. */
	isNew: boolean;
}

/** What is known of an answer when it ends; fields left out stay as they are. */
export interface AnswerFacts {
	status: AnswerStatus;
	content?: string;
	model?: string;
	host?: string;
	promptTokens?: number | null;
	outputTokens?: number | null;
	errorCode?: string;
	finishReason?: string;
	signAt?: Date;
	firstTokenAt?: Date;
	firstTextAt?: Date;
	lastTokenAt?: Date;
	finalTextAt?: Date;
}

export interface StoredMessage {
	sequence: number;
	role: 'user' | 'assistant';
	content: string;
	/** Null in a conversation that was begun afresh: nothing that stands before it in the thread counts any more. */
	platformMessageId: string | null;
}

export interface StoredMemory {
	summary: string | null;
	/** Everything up to this sequence is in the summary. */
	summaryThrough: number;
	/** Oldest first, after the summary. */
	messages: StoredMessage[];
}

const columns: Record<keyof AnswerFacts, string> = {
	status: 'status',
	content: 'content',
	model: 'model',
	host: 'host',
	promptTokens: 'prompt_tokens',
	outputTokens: 'output_tokens',
	errorCode: 'error_code',
	finishReason: 'finish_reason',
	signAt: 'sign_at',
	firstTokenAt: 'first_token_at',
	firstTextAt: 'first_text_at',
	lastTokenAt: 'last_token_at',
	finalTextAt: 'final_text_at',
};

const joinConversation = `
	with created as (
		insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
	)
	insert into conversation_participants (conversation_id, user_id) values ($1, $8) on conflict do nothing`;

const insertQuestion = `
	insert into messages (id, conversation_id, role, author_user_id, platform_message_id, content, status, attachments, received_at)
	values ($1, $2, 'user', $3, $4, $5, 'received', $6, $7) on conflict do nothing`;

/**
 * Question, answer and title in one round trip. The answer is taken from the question's row, so that its sequence comes after it; nothing
 * comes back when the question was there before. What was there before is seen as it was when the statement began.
 */
const insertBoth = `
	with question as (
		insert into messages (id, conversation_id, role, author_user_id, platform_message_id, content, status, attachments, received_at)
		values ($1, $2, 'user', $3, $4, $5, 'received', $6, $7) on conflict do nothing returning id, sequence
	), answer as (
		insert into messages (id, conversation_id, role, in_reply_to, status)
		select $8, $2, 'assistant', id, 'generating' from question on conflict do nothing returning sequence
	), titled as (
		update conversations set title = $9 where id = $2 and title is null and $9 <> ''
	)
	select answer.sequence, question.sequence as "questionSequence",
		not exists (select from messages where conversation_id = $2) as "isFirst"
	from answer, question`;

const insertAnswer = `
	insert into messages (id, conversation_id, role, in_reply_to, status) values ($1, $2, 'assistant', $3, 'generating') on conflict do nothing returning id`;

const selectAnswer = `
	select a.id, a.conversation_id as "conversationId", a.in_reply_to as "questionId", a.status, a.content,
		a.finish_reason as "finishReason", a.sequence,
		q.sequence as "questionSequence", q.platform_message_id as "questionMessageId"
	from messages a join messages q on q.id = a.in_reply_to where a.id = $1`;

/** What was not written down yet is noted as deleted, for it may be waiting for its turn. */
const eraseMessage = `
	insert into messages (id, conversation_id, role, author_user_id, platform_message_id, status, deleted_at)
	values ($1, $2, 'user', $3, $4, 'deleted', now())
	on conflict (id) do update set content = '', attachments = '[]', status = 'deleted', deleted_at = now()
	where messages.author_user_id = $3 and messages.status <> 'deleted'`;

const selectRecent = `
	select m.sequence, m.role, m.content, case when c.memory_from is null then m.platform_message_id end as "platformMessageId"
	from messages m join conversations c on c.id = m.conversation_id
	where m.conversation_id = $1 and m.sequence <= $3 and m.sequence > greatest(c.summary_through, c.memory_from, 0)
		and m.status in ('received', 'answered', 'stopped', 'interrupted') and m.content <> ''
	order by m.sequence desc limit $2`;

export type ConversationStore = ReturnType<typeof createConversationStore>;

export function createConversationStore(database: Database) {
	return {
		/** Whether the bot takes part in the thread: it has been addressed there before. */
		async exists(place: Place): Promise<boolean> {
			const rows = await database.query('select id from conversations where key = $1', [conversationKey(place)]);
			return rows.length > 0;
		},

		/** Finds or makes the conversation and lets the asker in. Safe to repeat. @returns its id. */
		async join(asker: Asker, place: Place): Promise<string> {
			const key = conversationKey(place);
			const id = stableId(`conversation:${key}`);
			const { platform, tenantId, channelId, threadId, kind } = place;
			await database.query(joinConversation, [id, key, platform, tenantId, channelId, threadId, kind, asker.userId]);
			return id;
		},

		/** Writes the question down, and its answer as begun. Safe to repeat: ids follow from what they name. @returns the answer as it is. */
		async begin(asker: Asker, conversationId: string, answerId: string, question: Question): Promise<BegunAnswer> {
			const questionId = questionIdOf(question.place, question.messageId);
			const { messageId, receivedAt } = question;
			const attachments = storableJson(question.attachments);
			const values = [questionId, conversationId, asker.userId, messageId, storableText(question.text), attachments, receivedAt];
			return await database.asUser(asker, async (transaction) => {
				const title = storableText(titleOf(question.text));
				const [made] = await transaction.query<BegunSequences>(insertBoth, [...values, answerId, title]);
				if (made !== undefined) return newAnswer({ id: answerId, conversationId, questionId, questionMessageId: messageId }, made);
				await transaction.query(insertQuestion, values);
				return await beginAnswer(transaction, answerId, conversationId, questionId);
			});
		},

		/** Begins another answer to a question that is already there. Safe to repeat. */
		async beginAgain(asker: Asker, conversationId: string, answerId: string, questionId: string): Promise<BegunAnswer> {
			return await database.asUser(asker, (transaction) => beginAnswer(transaction, answerId, conversationId, questionId));
		},

		/** Null when there is no such answer or the asker may not see it. The id may be anything: it comes from a button. */
		async findAnswer(asker: Asker, answerId: string): Promise<AnswerRow | null> {
			if (!isStableId(answerId)) return null;
			const [row] = await database.asUser(asker, ({ query }) => query<AnswerRow>(selectAnswer, [answerId]));
			return row ?? null;
		},

		/** The question behind an answer, and whether it is the asker's own to ask again. Null when the asker may not see it. */
		async findQuestion(asker: Asker, questionId: string): Promise<AskedQuestion | null> {
			const [row] = await database.asUser(asker, ({ query }) =>
				query<AskedQuestion>(
					`select content as text, platform_message_id as "messageId", author_user_id = $2 as "isOwn", status = 'deleted' as "isDeleted"
					from messages where id = $1 and role = 'user'`,
					[questionId, asker.userId],
				),
			);
			return row ?? null;
		},

		/**
		 * Writes down what is known of an answer. An answer to a question that was taken back keeps no text.
		 * @returns true when the question was edited, taken back or told to be forgotten since it was asked: what is remembered of it no longer holds.
		 */
		async update(asker: Asker, answerId: string, facts: AnswerFacts): Promise<boolean> {
			const given = Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? storableText(value) : value]) as [
				keyof AnswerFacts,
				unknown,
			][];
			const assignments = given.map(([name], index) => `${columns[name]} = ${assigned(name, index + 2)}`).join(', ');
			const [row] = await database.asUser(asker, ({ query }) =>
				query<{ isOutdated: boolean }>(
					`update messages as answer set ${assignments} from messages as question, conversations as conversation
					where answer.id = $1 and question.id = answer.in_reply_to and conversation.id = answer.conversation_id
					returning question.status = 'deleted' or question.edited_at is not null
						or coalesce(conversation.memory_from >= question.sequence, false) as "isOutdated"`,
					[answerId, ...given.map(([, value]) => value)],
				),
			);
			return row?.isOutdated ?? false;
		},

		/** The last `limit` messages up to the one with sequence `upTo`. */
		async readMemory(asker: Asker, conversationId: string, upTo: number, limit: number): Promise<StoredMemory> {
			return await database.asUser(asker, async ({ query }) => {
				const [conversation] = await query<{ summary: string | null; through: number | null }>(
					'select summary, summary_through as through from conversations where id = $1',
					[conversationId],
				);
				const recent = await query<StoredMessage>(selectRecent, [conversationId, limit, upTo]);
				return { summary: conversation?.summary ?? null, summaryThrough: conversation?.through ?? 0, messages: recent.reverse() };
			});
		},

		async saveSummary(asker: Asker, conversationId: string, summary: string, through: number): Promise<void> {
			await database.asUser(asker, ({ query }) =>
				query(
					`update conversations set summary = $2, summary_through = $3, updated_at = now()
					where id = $1 and coalesce(summary_through, 0) < $3 and coalesce(memory_from, 0) < $3`,
					[conversationId, storableText(summary), through],
				),
			);
		},

		/** Memory begins after what has been said so far, in every conversation of this person in the channel. @returns the conversations' ids. */
		async forgetChannel(asker: Asker, place: Place): Promise<string[]> {
			const rows = await database.asUser(asker, ({ query }) =>
				query<{ id: string }>(
					`update conversations c set summary = null, summary_through = null, updated_at = now(),
						memory_from = (select coalesce(max(m.sequence), 0) from messages m where m.conversation_id = c.id)
					where c.platform = $1 and c.tenant_id = $2 and c.channel_id = $3 and ($4 = '' or c.thread_id = $4) returning c.id`,
					[place.platform, place.tenantId, place.channelId, place.threadId],
				),
			);
			return rows.map((row) => row.id);
		},

		/** The author changed what they had written. @returns the conversation's id, or null when the message was never ours. */
		async editQuestion(asker: Asker, place: Place, messageId: string, text: string): Promise<string | null> {
			const [row] = await database.asUser(asker, ({ query }) =>
				query<{ id: string }>(
					`update messages set content = $3, edited_at = now()
					where id = $1 and author_user_id = $2 and status <> 'deleted' returning conversation_id as id`,
					[questionIdOf(place, messageId), asker.userId, storableText(text)],
				),
			);
			return row?.id ?? null;
		},

		/**
		 * The author took back what they had written: its text and its attachments' names go, and so does a summary that may repeat it.
		 * Safe to repeat. @returns the conversation's id.
		 */
		async eraseQuestion(asker: Asker, place: Place, messageId: string): Promise<string> {
			const conversationId = await this.join(asker, place);
			await database.asUser(asker, async ({ query }) => {
				await query(eraseMessage, [questionIdOf(place, messageId), conversationId, asker.userId, messageId]);
				// What was answered to it may repeat it word for word.
				await query(
					"update messages set content = '', status = 'deleted', deleted_at = now() where in_reply_to = $1 and status <> 'generating'",
					[questionIdOf(place, messageId)],
				);
				await query('update conversations set summary = null, summary_through = null, title = null where id = $1', [conversationId]);
			});
			return conversationId;
		},

		/** Whether the author took the message back before it was answered. */
		async isErased(asker: Asker, place: Place, messageId: string): Promise<boolean> {
			const rows = await database.asUser(asker, ({ query }) =>
				query("select id from messages where id = $1 and status = 'deleted'", [questionIdOf(place, messageId)]),
			);
			return rows.length > 0;
		},

		async rate(asker: Asker, answerId: string, rating: 1 | -1): Promise<void> {
			await database.asUser(asker, ({ query }) =>
				query(
					`insert into feedback (message_id, user_id, rating) values ($1, $2, $3)
					on conflict (message_id, user_id) do update set rating = excluded.rating, updated_at = now()`,
					[answerId, asker.userId, rating],
				),
			);
		},
	};
}

type BegunSequences = Pick<AnswerRow, 'sequence' | 'questionSequence'> & { isFirst: boolean };

function newAnswer(
	ids: Pick<AnswerRow, 'id' | 'conversationId' | 'questionId' | 'questionMessageId'>,
	sequences: BegunSequences,
): BegunAnswer {
	return { ...ids, ...sequences, status: 'generating', content: '', finishReason: null, isNew: true };
}

async function beginAnswer({ query }: Transaction, answerId: string, conversationId: string, questionId: string): Promise<BegunAnswer> {
	const inserted = await query(insertAnswer, [answerId, conversationId, questionId]);
	const [row] = await query<AnswerRow>(selectAnswer, [answerId]);
	return row === undefined ? invisible() : { ...row, isNew: inserted.length === 1 };
}

function assigned(name: keyof AnswerFacts, position: number): string {
	return name === 'content' ? `case when question.status = 'deleted' then '' else $${position} end` : `$${position}`;
}

function questionIdOf(place: Place, messageId: string): string {
	return stableId(`message:${place.platform}:${place.tenantId}:${place.channelId}:${messageId}`);
}

/** Row-level security hid what was just written: the asker is not a participant, which `join` should have seen to. */
function invisible(): never {
	throw new BotError('FORBIDDEN', 'the database does not let the asker see the answer that was just begun');
}
