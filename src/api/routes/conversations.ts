/** Conversations of all accounts of a person: in a list, by what was said in them, changed for themselves alone, removed. */

import type { OwnConversation } from '../../history/own-conversations.ts';
import { webPlatform } from '../../identity/account.ts';
import type { Words } from '../../locales/locales.ts';
import { platformName } from '../../platform/platform-name.ts';
import {
	type ConversationView,
	changeConversation,
	exportConversation,
	listConversations,
	mostConversationsOnPage,
	readConversation,
	removeConversation,
} from '../contract/conversations.ts';
import { exportOf } from '../conversation-export.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { excerptOf } from '../excerpt.ts';
import { findReadable, type SignedInCall, toViews } from '../own-view.ts';
import { ApiRefusal } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

export const conversationRoutes: readonly ServedRoute[] = [
	serve(listConversations, async ({ query: { query, archived, cursor }, ...asking }) => {
		if (query !== undefined) return { conversations: await search(asking, query), nextCursor: null };
		const after = cursor === undefined ? null : readCursor(cursor);
		if (cursor !== undefined && after === null) throw new ApiRefusal('INVALID', { field: 'cursor' });
		return await readPage(asking, { isArchived: archived === 'true', after });
	}),

	serve(readConversation, async ({ variables: { id }, ...asking }) => await viewOf(asking, id)),

	serve(changeConversation, async ({ variables: { id }, body, ...asking }) => {
		const { caller, services } = asking;
		await findReadable(asking, id);
		await services.conversations.change(caller.person, id, body);
		await services.live.publisher.tellPerson(caller.person.userId, { kind: 'list', ids: [id] });
		return await viewOf(asking, id);
	}),

	/** Whoever has left the channel may still take it out of their list. */
	serve(removeConversation, async ({ variables: { id }, caller: { person }, services: { conversations, removals }, words }) => {
		const found = await conversations.find(person, id);
		if (found === null) throw new ApiRefusal('NOT_FOUND');
		return removalOf(found, await removals.takeAway(person, found), words);
	}),

	serve(exportConversation, async ({ variables: { id }, query: { format }, words, ...asking }) => {
		return await exportOf(asking, await findReadable(asking, id), format, words);
	}),
];

/** @throws ApiRefusal `NOT_FOUND`. */
async function viewOf(asking: SignedInCall, id: string): Promise<ConversationView> {
	const [view] = await toViews(asking, [await findReadable(asking, id)]);
	if (view === undefined) throw new ApiRefusal('NOT_FOUND');
	return view;
}

async function readPage(asking: SignedInCall, request: { isArchived: boolean; after: ReturnType<typeof readCursor> }) {
	const { caller, services, signal } = asking;
	const { conversations, places } = services;
	const page = await conversations.page(caller.person, { ...request, limit: mostConversationsOnPage + 1 });
	const shown = page.slice(0, mostConversationsOnPage);
	const last = page.length > shown.length ? shown.at(-1) : undefined;
	const readable = await places.readable(caller.person, shown, signal);
	return { conversations: await toViews(asking, readable), nextCursor: last === undefined ? null : writeCursor(last) };
}

async function search(asking: SignedInCall, query: string) {
	const { caller, services, signal } = asking;
	const found = await services.conversations.search(caller.person, query, mostConversationsOnPage);
	const readable = await services.places.readable(caller.person, found, signal);
	return await toViews(asking, readable, ({ said }) => said && { messageId: said.messageId, excerpt: excerptOf(said.content, query) });
}

function removalOf({ platform }: OwnConversation, outcome: 'removed' | 'hidden', { web: { removed } }: Words) {
	const staysOn = platform === webPlatform ? null : platform;
	if (outcome === 'hidden') return { outcome, staysOn, message: removed.hidden };
	return { outcome, staysOn, message: removed.removed(staysOn === null ? null : platformName(staysOn)) };
}
