/** Conversations in the database: written in the name of the person who asks, so that the database decides what they see. */

import type { Database } from '../database/database.ts';
import { Conversation } from '../database/entities/conversation.ts';
import { columnsOf } from '../database/entity-columns.ts';
import { storableJson } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import { channelIdOf, conversationIdOf } from '../identity/place-id.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import { createAnswerStore } from './answer-store.ts';
import { createTellChange, type HistoryListener, nobodyListens } from './listener.ts';
import { createMemoryStore } from './memory-store.ts';
import { createQuestionStore } from './question-store.ts';

/** Keeps its plan, see the migration `0038-kept-plans`. */
const joinConversation = 'select from ccb_join_conversation($1, $2, $3, $4)';

const continueConversation = `
	update conversations set continued_from = $2
	where id = $1 and id <> $2 and continued_from is null and not exists (select from messages where conversation_id = $1)`;

export type ConversationStore = ReturnType<typeof createConversationStore>;

export function createConversationStore(database: Database, listener: HistoryListener = nobodyListens) {
	const tell = createTellChange(listener);

	/**
	 * Finds or makes the conversation and its channel, and lets the asker in: in a group chat to what is said from now on, or since the question
	 * behind an answer that the platform has shown them. Safe to repeat. @returns its id.
	 */
	async function join(asker: Principal, place: Place, shownAnswerId: string | null = null): Promise<string> {
		const id = conversationIdOf(place);
		const { platform, tenantId, channelId, threadId, kind } = place;
		const described = columnsOf(Conversation, { id, key: conversationKey(place), platform, tenantId, channelId, threadId, kind });
		await database.queryAsRegistrar(joinConversation, [storableJson(described), channelIdOf(place), asker.userId, shownAnswerId]);
		return id;
	}

	return {
		join,

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

		...createQuestionStore(database, { join, tell }),
		...createAnswerStore(database, tell),
		...createMemoryStore(database),
	};
}
