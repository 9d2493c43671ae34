/** What was said to the bot in a place, and what it answered, as far as somebody takes part: where the bot sees nothing else. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import type { CitedWords } from '../platform/chat-event.ts';
import type { ThreadMessage } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';

/** As a platform tells of it. */
export interface SaidThereMessage extends ThreadMessage {
	/** Where in the place it was said. */
	threadId: string;
}

export interface SaidThere {
	/** The last of it, oldest first, in the person's name; without a thread in the place that of all its conversations. @throws BotError as `Database.queryAs`. */
	newest(person: Principal, place: Place, limit: number): Promise<SaidThereMessage[]>;
}

/** An answer is found below its question. Rows of databases were for one moment, and what drew on documents that are gone is gone. */
const selectNewest = `
select coalesce(m.platform_message_id, question.platform_message_id, '') as "messageId", m.role, m.author_name as "authorName", m.content,
	m.cited, c.thread_id as "threadId", coalesce(m.received_at, m.created_at) as "saidAt"
from messages as m join conversations as c on c.id = m.conversation_id left join messages as question on question.id = m.in_reply_to
where c.platform = $1 and c.tenant_id = $2 and c.channel_id = $3 and ($4 = '' or c.thread_id = $4)
	and m.sequence > coalesce(c.memory_from, 0) and m.data_query is null and not m.is_forgotten
	and m.status not in ('deleted', 'generating', 'failed', 'refused')
order by m.sequence desc limit $5`;

interface Row {
	messageId: string;
	role: 'user' | 'assistant';
	authorName: string | null;
	content: string;
	cited: readonly CitedWords[];
	threadId: string;
	saidAt: Date;
}

export function createSaidThere({ queryAs }: Pick<Database, 'queryAs'>): SaidThere {
	return {
		async newest(person, { platform, tenantId, channelId, threadId }, limit) {
			const rows = await queryAs<Row>(person, selectNewest, [platform, tenantId, channelId, threadId, limit]);
			return rows.reverse().map(toMessage);
		},
	};
}

function toMessage({ messageId, role, authorName, content, cited, threadId, saidAt }: Row): SaidThereMessage {
	return {
		messageId,
		author: role === 'assistant' ? 'self' : 'person',
		authorName: role === 'assistant' ? 'OpenCCB' : (authorName ?? ''),
		text: content,
		cited: [...cited],
		writtenAt: saidAt.toISOString(),
		threadId,
	};
}
