/** What was said in a conversation, page by page, for somebody who reads it outside of the chat. */

import type { Database } from '../database/database.ts';
import type { MessageStatus } from '../database/entities/message.ts';
import type { Principal } from '../database/transaction.ts';
import type { Attachment } from '../platform/chat-event.ts';
import type { Source } from '../platform/source.ts';
import { type StoredSource, toSources } from './stored.ts';

export interface SaidMessage {
	id: string;
	sequence: number;
	role: 'user' | 'assistant';
	/** Both null for the assistant, and for whom nothing is known of any more. */
	authorId: string | null;
	authorName: string | null;
	content: string;
	status: MessageStatus;
	finishReason: string | null;
	inReplyTo: string | null;
	sources: readonly Source[];
	attachments: readonly Attachment[];
	/** The platform's, of what people said. */
	platformMessageId: string | null;
	/** The reader's own: 1, -1, or null. */
	rating: number | null;
	model: string | null;
	/** Of an answer to the reader: it came from a company's database. */
	hasRows: boolean;
	saidAt: Date;
	editedAt: Date | null;
}

/** Every method reads in the person's name. @throws BotError as `Database.asUser`. */
export interface SaidPages {
	/** At most `limit` that stand before `before`, or the last ones: the newest first. */
	newest(person: Principal, conversationId: string, before: number | null, limit: number): Promise<SaidMessage[]>;
	/** Those of these that are there, in the order in which they were said. */
	some(person: Principal, conversationId: string, ids: readonly string[]): Promise<SaidMessage[]>;
}

const selectSaid = `
	select m.id, m.sequence, m.role, m.author_user_id as "authorId", m.author_name as "authorName", m.content, m.status,
		m.finish_reason as "finishReason", m.in_reply_to as "inReplyTo", m.sources, m.attachments, own.rating, m.model,
		m.platform_message_id as "platformMessageId",
		m.data_query is not null and exists (select from messages q where q.id = m.in_reply_to and q.author_user_id = $2) as "hasRows",
		coalesce(m.received_at, m.created_at) as "saidAt", m.edited_at as "editedAt"
	from messages m left join feedback own on own.message_id = m.id and own.user_id = $2
	where m.conversation_id = $1`;
const selectPage = `${selectSaid} and ($3::bigint is null or m.sequence < $3) order by m.sequence desc limit $4`;
const selectSome = `${selectSaid} and m.id = any($3::uuid[]) order by m.sequence`;

export function createSaidPages({ queryAs }: Pick<Database, 'queryAs'>): SaidPages {
	async function read(person: Principal, sql: string, values: unknown[]): Promise<SaidMessage[]> {
		const rows = await queryAs<Omit<SaidMessage, 'sources'> & { sources: StoredSource[] }>(person, sql, values);
		return rows.map((row) => ({ ...row, sources: toSources(row.sources) }));
	}

	return {
		newest: async (person, conversationId, before, limit) => await read(person, selectPage, [conversationId, person.userId, before, limit]),
		some: async (person, conversationId, ids) => await read(person, selectSome, [conversationId, person.userId, ids]),
	};
}
