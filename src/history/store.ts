/** Conversations in the database: written in the name of the person who asks, so that the database decides what they see. */

import type { Database } from '../database/database.ts';
import { Conversation } from '../database/entities/conversation.ts';
import { columnsOf } from '../database/entity-columns.ts';
import { storableJson } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import { channelIdOf, conversationIdOf, questionIdOf } from '../identity/place-id.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import { createAnswerStore } from './answer-store.ts';
import { createTellChange, type HistoryListener, nobodyListens } from './listener.ts';
import { createMemoryStore } from './memory-store.ts';
import { createQuestionStore } from './question-store.ts';

/**
 * Keeps its plan, see the migration `0039-kept-plans`. Joins nobody to ask what was removed with its conversation, and says whether it did.
 */
const joinConversation = 'select "isIn" from ccb_join_conversation($1, $2, $3, $4, $5) as "isIn"';

const continueConversation = `
	update conversations set continued_from = $2
	where id = $1 and id <> $2 and continued_from is null and not exists (select from messages where conversation_id = $1)`;

/** A message is answered, or given up, within the day. */
const dropQuestions = `
	with gone as (delete from removed_questions where removed_at < now() - interval '1 day')
	insert into removed_questions (id, user_id) select id, $2 from unnest($1::uuid[]) as dropped (id) on conflict do nothing`;

export type ConversationStore = ReturnType<typeof createConversationStore>;

export function createConversationStore(database: Database, listener: HistoryListener = nobodyListens) {
	const tell = createTellChange(listener);

	async function enter(asker: Principal, place: Place, seen: { answerId?: string | null; questionId?: string }): Promise<boolean> {
		const { platform, tenantId, channelId, threadId, kind } = place;
		const id = conversationIdOf(place);
		const described = columnsOf(Conversation, { id, key: conversationKey(place), platform, tenantId, channelId, threadId, kind });
		const seenThere = [seen.answerId ?? null, seen.questionId ?? null];
		const values = [storableJson(described), channelIdOf(place), asker.userId, ...seenThere];
		const [entered] = await database.queryAsRegistrar<{ isIn: boolean }>(joinConversation, values);
		return entered?.isIn === true;
	}

	/**
	 * Finds or makes the conversation and its channel, and lets the asker in: in a group chat to what is said from now on, or since the question
	 * behind an answer that the platform has shown them. Safe to repeat. @returns its id.
	 */
	async function join(asker: Principal, place: Place, shownAnswerId: string | null = null): Promise<string> {
		await enter(asker, place, { answerId: shownAnswerId });
		return conversationIdOf(place);
	}

	return {
		join,

		/** The same for a question. @returns null when it was removed with its conversation. */
		async joinToAsk(asker: Principal, place: Place, messageId: string): Promise<string | null> {
			const isIn = await enter(asker, place, { questionId: questionIdOf(place, messageId) });
			return isIn ? conversationIdOf(place) : null;
		},

		/** The asker removes the conversation: these messages of it, which may not be written down yet, are not to be answered. Safe to repeat. */
		async dropQuestions({ userId }: Principal, place: Place, messageIds: readonly string[]): Promise<void> {
			if (messageIds.length === 0) return;
			const ids = messageIds.map((messageId) => questionIdOf(place, messageId));
			await database.queryAsRegistrar(dropQuestions, [ids, userId]);
		},

		/** Its memory begins with that of another one, which the asker reads too. Nothing changes where something was said already. Safe to repeat. */
		async continueFrom(asker: Principal, place: Place, otherId: string): Promise<void> {
			const id = await join(asker, place);
			await database.queryAs(asker, continueConversation, [id, otherId]);
		},

		/** The other one is not for the asker to read any more: it is remembered no further. */
		async endContinuation(asker: Principal, conversationId: string): Promise<void> {
			await database.queryAs(asker, 'update conversations set continued_from = null, updated_at = now() where id = $1', [conversationId]);
		},

		/** Whether the bot takes part in the thread: it has been addressed there before. */
		async exists(place: Place): Promise<boolean> {
			const find = 'select id from conversations where key = $1';
			const rows = await database.queryAsRegistrar(find, [conversationKey(place)]);
			return rows.length > 0;
		},

		/** Whether the bot is to be quiet there until it is mentioned again. Safe to repeat. */
		async setMuted(asker: Principal, place: Place, isMuted: boolean): Promise<void> {
			const id = await join(asker, place);
			await database.queryAs(asker, `update conversations set muted_at = ${isMuted ? 'coalesce(muted_at, now())' : 'null'} where id = $1`, [
				id,
			]);
		},

		...createQuestionStore(database, { join, tell }),
		...createAnswerStore(database, tell),
		...createMemoryStore(database),
	};
}
