/** A conversation that was somebody's alone goes, with all that was said in it and whatever came of that. */

import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import type { OwnConversation, OwnConversations } from '../history/own-conversations.ts';
import type { PrivateNotices } from '../history/private-notices.ts';
import type { ConversationStore } from '../history/store.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { ShelfChanges } from '../knowledge/shelf/shelf-changes.ts';
import type { UploadStore } from '../knowledge/uploads/upload-store.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { Attachment } from '../platform/chat-event.ts';

export interface ConversationRemovals {
	/**
	 * Messages, ratings, cases, summary, the words that it is found by, what waits to be answered, what the person was told alone, and the files that
	 * were shared in it. Safe to repeat.
	 * @returns false, and nothing is removed, where others said something in it too. @throws BotError as `Database.asUser`.
	 */
	remove(person: Principal, conversation: StoredConversation): Promise<boolean>;
	/** The same as its person wants it: what others take part in leaves their list alone. Pages are told. @throws BotError as `remove`. */
	takeAway(person: Principal, conversation: StoredConversation): Promise<'removed' | 'hidden'>;
}

/** One that is written down, with where it is. */
export type StoredConversation = Pick<OwnConversation, 'id' | 'platform' | 'tenantId' | 'channelId' | 'threadId' | 'kind'>;

export interface ConversationRemovalDependencies {
	database: Pick<Database, 'asUser' | 'query' | 'queryAs' | 'queryAsLibrarian'>;
	store: Pick<ConversationStore, 'dropQuestions'>;
	running: Pick<RunningTurns, 'stop'>;
	inbox: Pick<Inbox, 'forgetWaiting'>;
	shelfChanges: Pick<ShelfChanges, 'forget'>;
	uploads: Pick<UploadStore, 'remove'>;
	notices: Pick<PrivateNotices, 'forget'>;
	conversations: Pick<OwnConversations, 'hide'>;
	publisher: Pick<LivePublisher, 'tellPerson' | 'forget'>;
}

interface Said {
	id: string;
	platformMessageId: string | null;
	attachments: readonly Attachment[];
}

/** Nobody waits longer for a bucket. */
const patienceMs = 10_000;

const selectSaid = 'select id, platform_message_id as "platformMessageId", attachments from messages where conversation_id = $1';
const selectAsked = `
	select platform_message_id as "messageId" from messages where conversation_id = $1 and role = 'user' and platform_message_id is not null`;
const findFiles = 'select id from document_placements where channel_id = $1 and message_id = any($2)';

export function createConversationRemovals(deps: ConversationRemovalDependencies): ConversationRemovals {
	const { database, store, running, inbox, shelfChanges, uploads, notices, conversations, publisher } = deps;

	/** The policy says whether they may: then it was shown to nobody else. */
	async function removeWords(person: Principal, id: string): Promise<Said[] | null> {
		return await database.asUser(person, async ({ query }) => {
			const said = await query<Said>(selectSaid, [id]);
			const removed = await query('delete from conversations where id = $1 returning id', [id]);
			return removed.length === 0 ? null : said;
		});
	}

	async function remove(person: Principal, conversation: StoredConversation): Promise<boolean> {
		if (conversation.kind !== 'direct') return false;
		const handled = await inbox.forgetWaiting(conversation);
		// Before it is gone: whatever begins to answer one of them later, or again, finds that, and makes no new one.
		const asked = await database.queryAs<{ messageId: string }>(person, selectAsked, [conversation.id]);
		await store.dropQuestions(person, conversation, [...handled, ...asked.map(({ messageId }) => messageId)]);
		const { platform, tenantId, channelId, threadId, kind } = conversation;
		await running.stop({ userId: person.userId, place: { platform, tenantId, channelId, threadId, kind } });
		const said = await removeWords(person, conversation.id);
		if (said === null) return false;
		await database.query('delete from reply_parts where reply_id = any($1)', [said.map(({ id }) => id)]);
		const messageIds = said.flatMap(({ platformMessageId }) => (platformMessageId === null ? [] : [platformMessageId]));
		const files = await database.queryAsLibrarian<{ id: string }>(findFiles, [channelIdOf(conversation), messageIds]);
		for (const { id } of files) await shelfChanges.forget(id);
		const given = said.flatMap(({ attachments }) => attachments.map(({ id }) => id));
		await notices.forget(person.userId, conversation.id);
		await uploads.remove(person.userId, given, AbortSignal.timeout(patienceMs));
		return true;
	}

	return {
		remove,
		async takeAway(person, conversation) {
			const { id } = conversation;
			const isRemoved = await remove(person, conversation);
			if (isRemoved) await publisher.forget(id);
			else await conversations.hide(person, id);
			await publisher.tellPerson(person.userId, { kind: 'list', ids: [id] });
			return isRemoved ? 'removed' : 'hidden';
		},
	};
}
