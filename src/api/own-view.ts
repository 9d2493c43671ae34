/** Which conversations somebody is shown, and in what form. */

import type { OwnConversation } from '../history/own-conversations.ts';
import { webPlatform } from '../identity/account.ts';
import type { StoredPlace } from '../identity/own-places.ts';
import type { SignedIn } from '../sessions/signed-in.ts';
import type { ConversationView } from './contract/conversations.ts';
import { notFound } from './refusal.ts';
import type { ApiServices } from './services.ts';

export interface SignedInCall {
	caller: SignedIn;
	services: ApiServices;
	signal: AbortSignal;
}

/** @throws ApiRefusal `NOT_FOUND` when there is none, it is not theirs, or they have left its channel. */
export async function findReadable({ caller, services, signal }: SignedInCall, id: string): Promise<OwnConversation> {
	const conversation = await services.conversations.find(caller.person, id);
	if (conversation === null) throw notFound();
	const [readable] = await services.places.readable(caller.person, [conversation], signal);
	if (readable === undefined) throw notFound();
	return readable;
}

/** The place and nothing else: what is told to other processes or kept with an event. */
export function placeIn({ platform, tenantId, channelId, threadId, kind }: StoredPlace): StoredPlace {
	return { platform, tenantId, channelId, threadId, kind };
}

export function takesQuestions({ platform }: Pick<StoredPlace, 'platform'>): boolean {
	return platform === webPlatform;
}

/** Each in the order of `conversations`, with where a search found it. */
export async function toViews<Found extends OwnConversation>(
	{ caller, services, signal }: SignedInCall,
	conversations: readonly Found[],
	foundIn: (conversation: Found) => ConversationView['found'] = () => null,
): Promise<ConversationView[]> {
	const links = await services.permalinks.ofConversations(caller.person, conversations, signal);
	return conversations.map((conversation) => {
		const { id, title, platform, kind, isPinned, isArchived, readThrough, isUnread, lastSaidAt } = conversation;
		const shown = { id, title, platform, kind, isPinned, isArchived, readThrough, isUnread, lastSaidAt: lastSaidAt.toISOString() };
		return { ...shown, takesQuestions: takesQuestions(conversation), permalink: links.get(id) ?? null, found: foundIn(conversation) };
	});
}
