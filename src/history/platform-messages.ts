/** Where answers stand on the platform of their conversation, by the books on what the bot sent: for whoever wants to open them there. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import type { MessageReference } from '../platform/chat-platform.ts';

/** All @throws BotError as `Database.query` and `Database.asUser`. */
export interface PlatformMessages {
	/** The first message of each of these answers, by `messages.id`, with the way to its place; of those that were sent. Whether somebody may see them is asked before. */
	ofAnswers(answerIds: readonly string[]): Promise<ReadonlyMap<string, MessageReference>>;
	/** Of the newest answer that the person sees in each of these conversations, by `conversations.id`. */
	newest(person: Principal, conversationIds: readonly string[]): Promise<ReadonlyMap<string, MessageReference>>;
}

const selectParts = `
	select distinct on (reply_id) reply_id as "answerId", place, message_id as "messageId" from reply_parts
	where reply_id = any($1::uuid[]) and message_id is not null and state <> 'obsolete' order by reply_id, position`;

const selectNewest = `
	select wanted.id as "conversationId", newest.id as "answerId" from unnest($1::uuid[]) as wanted (id) cross join lateral (
		select m.id from messages as m where m.conversation_id = wanted.id and m.role = 'assistant' and m.status <> 'deleted'
		order by m.sequence desc limit 1
	) as newest`;

export function createPlatformMessages({ query, queryAs }: Pick<Database, 'query' | 'queryAs'>): PlatformMessages {
	async function ofAnswers(answerIds: readonly string[]): Promise<ReadonlyMap<string, MessageReference>> {
		if (answerIds.length === 0) return new Map();
		const parts = await query<MessageReference & { answerId: string }>(selectParts, [answerIds]);
		return new Map(parts.map(({ answerId, place, messageId }) => [answerId, { place, messageId }]));
	}

	return {
		ofAnswers,
		async newest(person, conversationIds) {
			if (conversationIds.length === 0) return new Map();
			const found = await queryAs<{ conversationId: string; answerId: string }>(person, selectNewest, [conversationIds]);
			const sent = await ofAnswers(found.map(({ answerId }) => answerId));
			return new Map(
				found.flatMap(({ conversationId, answerId }) => {
					const reference = sent.get(answerId);
					return reference === undefined ? [] : [[conversationId, reference]];
				}),
			);
		},
	};
}
