/** What is remembered of conversations, in the database: their newest messages, their summaries, and from where on they count. */

import type { Database } from '../database/database.ts';
import { Message } from '../database/entities/message.ts';
import { selected } from '../database/entity-columns.ts';
import { storableText } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';
import type { StoredMemory, StoredMessage } from './stored.ts';

const selectConversation = `
	select summary, memory_from is not null as "isBegunAfresh", updated_at::text as version from conversations where id = $1`;

const selectRecent = `
	select ${selected(Message, 'm', ['sequence', 'role', 'content', 'authorName', 'platformMessageId', 'cited', 'isForgotten'])},
		m.author_user_id as "authorId", m.data_query is not null as "isData", coalesce(m.received_at, m.created_at) as "saidAt"
	from messages m join conversations c on c.id = m.conversation_id
	where m.conversation_id = any(array(
		select unnest(case when memory_from is null and summary is null then array[id, continued_from] else array[id] end) from conversations where id = $1
	)) and m.sequence <= $3 and m.sequence > greatest(c.summary_through, c.memory_from, 0)
		and m.status in ('received', 'answered', 'stopped', 'interrupted') and (m.content <> '' or m.cited <> '[]' or m.role = 'assistant' and m.is_forgotten)
	order by m.sequence desc limit $2`;

export interface SummaryState {
	/** The sequence of the last message that the summary covers. */
	through: number;
	/** Of the memory that was summed up. */
	version: string;
}

/** Every method works in the asker's name. @throws BotError as `Database.asUser`. */
export function createMemoryStore(database: Database) {
	return {
		/** The last `limit` messages up to the one with sequence `upTo`, those of the conversation that it goes on with among them, until it is summed up itself. */
		async readMemory(asker: Principal, conversationId: string, upTo: number, limit: number): Promise<StoredMemory> {
			return await database.asUser(asker, async ({ query }) => {
				const [[conversation], recent] = await Promise.all([
					query<Pick<StoredMemory, 'summary' | 'isBegunAfresh' | 'version'>>(selectConversation, [conversationId]),
					query<StoredMessage>(selectRecent, [conversationId, limit, upTo]),
				]);
				const { summary = null, isBegunAfresh = false, version = '' } = conversation ?? {};
				return { summary, isBegunAfresh, version, messages: recent.reverse() };
			});
		},

		/**
		 * Not in group chats, where newcomers would read in it what was said before they came; nor when something was taken back, forgotten or
		 * summed up since `version` was read.
		 */
		async saveSummary(asker: Principal, conversationId: string, summary: string, { through, version }: SummaryState): Promise<void> {
			await database.queryAs(
				asker,
				`update conversations set summary = $2, summary_through = $3, updated_at = now()
					where id = $1 and kind <> 'group' and updated_at::text = $4`,
				[conversationId, storableText(summary), through, version],
			);
		},

		/** Memory begins after what has been said so far, in every conversation of this person in the channel. */
		async forgetChannel(asker: Principal, place: Place): Promise<void> {
			await database.queryAs(
				asker,
				`update conversations c set summary = null, summary_through = null, updated_at = now(),
						memory_from = (select coalesce(max(m.sequence), 0) from messages m where m.conversation_id = c.id)
					where c.platform = $1 and c.tenant_id = $2 and c.channel_id = $3 and ($4 = '' or c.thread_id = $4)`,
				[place.platform, place.tenantId, place.channelId, place.threadId],
			);
		},
	};
}
