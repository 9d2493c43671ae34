/** A person's own list of conversations: what they call them, which they keep at the top or out of sight, and where something was said. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';

export interface OwnConversation extends Omit<Place, 'route'> {
	id: string;
	/** Their own, or the one that it has for all. */
	title: string | null;
	isPinned: boolean;
	isArchived: boolean;
	/** The `sequence` of the last message that they have read. */
	readThrough: number | null;
	/** Whether somebody else, or the assistant, has said something since then; never before they have read anything of it. */
	isUnread: boolean;
	lastSaidAt: Date;
	/** Its memory begins with that of this one. */
	continuedFrom: string | null;
}

export interface FoundConversation extends OwnConversation {
	/** The newest message that says it; null where only the person's own title does. */
	said: { messageId: string; content: string } | null;
}

/** What a page ends with. */
export type PageEnd = Pick<OwnConversation, 'id' | 'isPinned' | 'lastSaidAt'>;

export interface PageRequest {
	isArchived: boolean;
	/** Null for the first one. */
	after: PageEnd | null;
	limit: number;
}

/** What is left out stays as it is. */
export interface ViewChange {
	/** Null takes the own one back. */
	title?: string | null | undefined;
	isPinned?: boolean | undefined;
	isArchived?: boolean | undefined;
	readThrough?: number | undefined;
}

/** Every method works in the person's name. @throws BotError as `Database.asUser`. */
export interface OwnConversations {
	/** Pinned ones first, then the latest first. */
	page(person: Principal, request: PageRequest): Promise<OwnConversation[]>;
	/** Those that the person calls by all of these words, then those where they were said, or ones that begin like them: the latest first, archived ones too. */
	search(person: Principal, words: string, limit: number): Promise<FoundConversation[]>;
	/** Null when there is none, or it is not theirs: nobody can tell which. Hidden ones too. */
	find(person: Principal, id: string): Promise<OwnConversation | null>;
	change(person: Principal, id: string, change: ViewChange): Promise<void>;
	/** It leaves their list, until something is said in it again. */
	hide(person: Principal, id: string): Promise<void>;
}

/** To the millisecond, as it goes through a cursor. */
const lastSaidAt = `date_trunc('milliseconds', c.last_said_at)`;
const columns = `c.id, c.platform, c.tenant_id as "tenantId", c.channel_id as "channelId", c.thread_id as "threadId", c.kind,
	coalesce(own.title, c.title) as title, own.pinned_at is not null as "isPinned", own.archived_at is not null as "isArchived",
	own.read_through as "readThrough", coalesce(own.read_through < (
		select max(m.sequence) from messages m where m.conversation_id = c.id and m.author_user_id is distinct from own.user_id
	), false) as "isUnread", ${lastSaidAt} as "lastSaidAt", c.continued_from as "continuedFrom"`;
const ownRows = 'conversation_participants own join conversations c on c.id = own.conversation_id';
const isListed = 'own.user_id = $1 and (own.hidden_at is null or own.hidden_at < c.last_said_at)';

const selectPage = `
	select ${columns} from ${ownRows}
	where ${isListed} and (own.archived_at is not null) = $2
		and ($3::uuid is null or (own.pinned_at is not null, ${lastSaidAt}, c.id) < ($4::boolean, $5::timestamptz, $3::uuid))
	order by own.pinned_at is not null desc, ${lastSaidAt} desc, c.id desc limit $6`;

/** More messages than this say it: then the newest count. */
const mostFound = 500;

/** Of own titles without accents: others are the beginning of what was said. The function tells of ids alone; their rows are read under the policies. */
const selectFound = `
	with said as (
		select distinct on (m.conversation_id) m.id, m.conversation_id, m.content, m.sequence
		from ccb_private.messages_with($2, ${mostFound}) as found join messages m on m.id = found.message_id
		where m.status <> 'deleted' order by m.conversation_id, m.sequence desc
	), titled as (
		select conversation_id from conversation_participants
		where user_id = $1 and cardinality($4::text[]) > 0 and title is not null and not exists (
			select from unnest($4::text[]) as word
			where position(word in lower(regexp_replace(normalize(title, NFD), '[\\u0300-\\u036f]', '', 'g'))) = 0
		)
	)
	select ${columns},
		case when said.id is not null then jsonb_build_object('messageId', said.id, 'content', said.content) end as said
	from ${ownRows} left join said on said.conversation_id = c.id left join titled on titled.conversation_id = c.id
	where c.id in (select conversation_id from said union select conversation_id from titled) and ${isListed}
	order by titled.conversation_id is not null desc, said.sequence desc nulls last, c.last_said_at desc limit $3`;

const selectOne = `select ${columns} from ${ownRows} where own.user_id = $1 and c.id = $2`;

/** A pin keeps its time, so that pressing it twice changes nothing. Nothing becomes unread. */
const updateView = `
	update conversation_participants set
		title = case when $3 then $4 else title end,
		pinned_at = case $5::boolean when true then coalesce(pinned_at, now()) when false then null else pinned_at end,
		archived_at = case $6::boolean when true then coalesce(archived_at, now()) when false then null else archived_at end,
		read_through = greatest(read_through, $7::bigint)
	where user_id = $1 and conversation_id = $2`;

const hideView = 'update conversation_participants set hidden_at = now(), pinned_at = null where user_id = $1 and conversation_id = $2';

export function createOwnConversations({ queryAs }: Pick<Database, 'queryAs'>): OwnConversations {
	return {
		page: async (person, { isArchived, after, limit }) =>
			await queryAs<OwnConversation>(person, selectPage, [
				...[person.userId, isArchived, after?.id ?? null, after?.isPinned ?? null, after?.lastSaidAt ?? null],
				limit,
			]),
		search: async (person, words, limit) =>
			await queryAs<FoundConversation>(person, selectFound, [person.userId, storableText(words), limit, foldedWords(storableText(words))]),
		async find(person, id) {
			const [row] = await queryAs<OwnConversation>(person, selectOne, [person.userId, id]);
			return row ?? null;
		},
		async change(person, id, { title, isPinned, isArchived, readThrough }) {
			const named = [title !== undefined, typeof title === 'string' ? storableText(title) : null];
			await queryAs(person, updateView, [person.userId, id, ...named, isPinned ?? null, isArchived ?? null, readThrough ?? null]);
		},
		async hide(person, id) {
			await queryAs(person, hideView, [person.userId, id]);
		},
	};
}

/** As titles are compared: without case and accents. */
function foldedWords(text: string): string[] {
	const plain = text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');
	return plain
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
}
