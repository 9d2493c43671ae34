/** Answers in the database: begun with their question, written down as they end, rated by their readers. */

import type { QueryFrame } from '../connectors/company-data/answer-query.ts';
import type { Database } from '../database/database.ts';
import { now } from '../database/entities/columns.ts';
import { Feedback, Message } from '../database/entities/message.ts';
import { columnsOf, selected } from '../database/entity-columns.ts';
import { storableJson, storableText } from '../database/storable.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import { BotError } from '../errors.ts';
import { questionIdOf } from '../identity/place-id.ts';
import { isStableId } from '../identity/stable-id.ts';
import type { Place } from '../platform/place.ts';
import { followRating, type GivenRating, placementsOf } from './feedback-cases.ts';
import type { TellChange } from './listener.ts';
import { type AnswerFacts, type AnswerRow, type BegunAnswer, isOver, type Question, toSources, toStored } from './stored.ts';
import { titleOf } from './title.ts';

/** Both keep their plans, see the migration `0039-kept-plans`: each turn pays for them. */
const beginBoth = 'select sequence, "questionSequence", "isFirst" from ccb_begin_answer($1, $2, $3)';
const writeFacts = 'select "conversationId", "isOutdated" from ccb_write_answer($1, $2)';

const insertAnswer = `
	with begun as (
		insert into messages (id, conversation_id, role, in_reply_to, status) values ($1, $2, 'assistant', $3, 'generating') on conflict do nothing returning id
	), said as (
		update conversations set last_said_at = now() where id = $2 and exists (select from begun)
	)
	select id from begun`;

const selectAnswer = `
	select ${selected(Message, 'a', ['id', 'status', 'content', 'sources', 'isForgotten', 'dataQuery', 'finishReason', 'sequence'])},
		a.conversation_id as "conversationId", a.in_reply_to as "questionId",
		q.sequence as "questionSequence", q.platform_message_id as "questionMessageId", q.status = 'deleted' as "isWithdrawn",
		a.created_at < now() - interval '1 day' as "isOld"
	from messages a join messages q on q.id = a.in_reply_to where a.id = $1`;

const selectLastQuery = `
	select question.content as question, answer.data_query as query
	from messages as answer join messages as question on question.id = answer.in_reply_to
		join conversations as conversation on conversation.id = answer.conversation_id
	where answer.conversation_id = $1 and answer.data_query is not null and answer.status = 'answered'
		and answer.sequence > greatest(conversation.memory_from, 0)
	order by answer.sequence desc limit 1`;

/** Longer than any answer is written. */
const endLost = `
	with lost as (
		update messages set status = 'interrupted', finish_reason = 'interrupted'
		where conversation_id = $1 and role = 'assistant' and status in ('generating', 'delivering') and created_at < now() - interval '1 hour'
		returning id
	)
	select coalesce((select json_agg(id) from lost), '[]') as "lostIds", (
		select count(*)::int from messages
		where conversation_id = $1 and role = 'assistant' and status in ('generating', 'delivering') and created_at >= now() - interval '1 hour'
	) as unfinished`;

const withdrawAnswer = `
	update messages set content = '', sources = '[]', trace = null, data_query = null, status = 'deleted', deleted_at = coalesce(deleted_at, now()), finish_reason = 'withdrawn'
	where id = $1 and role = 'assistant' returning conversation_id as "conversationId"`;

const selectReplyOf = `
	select reply_id as id from reply_parts
	where ($1 = '' or message_id = $1) and place ->> 'platform' = $2 and place ->> 'channelId' = $3 and state <> 'obsolete'
	order by updated_at desc limit 1`;

/** Every method writes and reads in the asker's name. @throws BotError as `Database.asUser`. */
export function createAnswerStore(database: Database, tell: TellChange) {
	return {
		/** Writes the question down, and its answer as begun. Safe to repeat: ids follow from what they name. @returns the answer as it is. */
		async begin(asker: Principal, conversationId: string, answerId: string, question: Question): Promise<BegunAnswer> {
			const { messageId, text, cited, attachments, receivedAt } = question;
			const questionId = questionIdOf(question.place, messageId);
			const asked = columnsOf(Message, {
				...{ id: questionId, conversation: conversationId, author: asker.userId, authorIdentity: asker.identityId ?? null },
				...{ platformMessageId: messageId, content: text, cited, attachments, receivedAt },
			});
			const title = storableText(titleOf(text || (cited[0]?.text ?? '')));
			const [made] = await database.queryAs<BegunSequences>(asker, beginBoth, [storableJson(asked), answerId, title]);
			const begun =
				made === undefined
					? await database.asUser(asker, (transaction) => beginAnswer(transaction, answerId, conversationId, questionId))
					: newAnswer({ id: answerId, conversationId, questionId, questionMessageId: messageId }, made);
			tell(asker, conversationId, [questionId, answerId]);
			return begun;
		},

		/** Begins another answer to a question that is already there. Safe to repeat. */
		async beginAgain(asker: Principal, conversationId: string, answerId: string, questionId: string): Promise<BegunAnswer> {
			const begun = await database.asUser(asker, (transaction) => beginAnswer(transaction, answerId, conversationId, questionId));
			tell(asker, conversationId, [answerId]);
			return begun;
		},

		/** Null when there is no such answer or the asker may not see it. The id may be anything: it comes from a button. */
		async findAnswer(asker: Principal, answerId: string): Promise<AnswerRow | null> {
			if (!isStableId(answerId)) return null;
			const [row] = await database.queryAs<AnswerRow>(asker, selectAnswer, [answerId]);
			return row === undefined ? null : { ...row, sources: toSources(row.sources) };
		},

		/**
		 * Writes down what is known of an answer. An answer to a question that was taken back keeps no text.
		 * @returns true when the question was edited, taken back or told to be forgotten since it was asked: what is remembered of it no longer holds.
		 */
		async update(asker: Principal, answerId: string, facts: AnswerFacts): Promise<boolean> {
			const { sources, ...others } = facts;
			const told = columnsOf(Message, { ...others, ...(sources === undefined ? {} : { sources: toStored(sources) }) });
			const parameters = [answerId, storableJson(told)];
			const [row] = await database.queryAs<{ isOutdated: boolean; conversationId: string }>(asker, writeFacts, parameters);
			if (row !== undefined && facts.status !== undefined) tell(asker, row.conversationId, [answerId], isOver(facts));
			return row?.isOutdated ?? false;
		},

		/** Of a conversation whose answers nobody takes over: those whose process went away. @returns how many others are not ended. */
		async endLost(asker: Principal, conversationId: string): Promise<number> {
			const [row] = await database.queryAs<{ lostIds: string[]; unfinished: number }>(asker, endLost, [conversationId]);
			const { lostIds = [], unfinished = 0 } = row ?? {};
			if (lostIds.length > 0) tell(asker, conversationId, lostIds, true);
			return unfinished;
		},

		/** What was asked of a company's database last in a conversation, as far as the asker may see it. */
		async lastQuery(asker: Principal, conversationId: string): Promise<QueryFrame | null> {
			const [row] = await database.queryAs<QueryFrame>(asker, selectLastQuery, [conversationId]);
			return row ?? null;
		},

		/** The question was taken back, and the answer with it. Safe to repeat. */
		async withdraw(asker: Principal, answerId: string): Promise<void> {
			const [row] = await database.asUser(asker, ({ query }) => query<{ conversationId: string }>(withdrawAnswer, [answerId]));
			if (row !== undefined) tell(asker, row.conversationId, [answerId], true);
		},

		/** People may change their minds; the last word counts. What they call wrong becomes a candidate to evaluate answers by. */
		async rate(
			asker: Principal,
			{ id, sources }: Pick<AnswerRow, 'id' | 'sources'>,
			{ rating, comment, showsExchange = false }: GivenRating,
		): Promise<void> {
			const given = { rating, comment: comment === null ? null : storableText(comment), showsExchange, updatedAt: now() };
			const placementIds = rating === 1 ? [] : await placementsOf(database, sources);
			await database.asUser(asker, async (transaction) => {
				await transaction.em.upsert(Feedback, { message: id, user: asker.userId, ...given });
				await followRating(transaction, asker, id, { rating, comment, placementIds });
			});
		},

		/** Which answer this message of the bot belongs to, for platforms whose events do not tell; null when to none. The newest one for ''. */
		async findReplyOf(place: Place, messageId: string): Promise<string | null> {
			const [row] = await database.query<{ id: string }>(selectReplyOf, [messageId, place.platform, place.channelId]);
			return row?.id ?? null;
		},
	};
}

type BegunSequences = Pick<AnswerRow, 'sequence' | 'questionSequence'> & { isFirst: boolean };

function newAnswer(
	ids: Pick<AnswerRow, 'id' | 'conversationId' | 'questionId' | 'questionMessageId'>,
	sequences: BegunSequences,
): BegunAnswer {
	return {
		...ids,
		...sequences,
		status: 'generating',
		content: '',
		sources: [],
		isForgotten: false,
		dataQuery: null,
		finishReason: null,
		isNew: true,
		isWithdrawn: false,
	};
}

async function beginAnswer({ query }: Transaction, answerId: string, conversationId: string, questionId: string): Promise<BegunAnswer> {
	const begun = await query(insertAnswer, [answerId, conversationId, questionId]);
	const [row] = await query<Omit<BegunAnswer, 'isNew'>>(selectAnswer, [answerId]);
	return row === undefined ? invisible() : { ...row, sources: toSources(row.sources), isNew: begun.length === 1 };
}

/** Row-level security hid what was just written: the asker is not a participant, which `join` should have seen to. */
function invisible(): never {
	throw new BotError('FORBIDDEN', 'the database does not let the asker see the answer that was just begun');
}
