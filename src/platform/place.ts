/** Where something was said: the address of a conversation on a chat platform, and its one-line form. */

export interface Place {
	/** The adapter's name: `slack`, `teams`, `discord`, `web`. */
	platform: string;
	/** Workspace, guild or Microsoft 365 tenant. */
	tenantId: string;
	channelId: string;
	/** The reply chain: its first message's id. Empty for the channel as a whole, and where messages form no threads. */
	threadId: string;
	kind: 'direct' | 'group' | 'channel';
	/**
	 * What the adapter needs to reach the place, such as a regional address. Opaque to the core, and no part of the place's identity. Where a place was
	 * only named and has none, that of a personal chat of its tenant leads there.
	 */
	route?: string;
}

/** `platform:tenant:channel:thread`, each part percent-encoded, so that `parseConversationKey` gives the parts back. */
export function conversationKey(place: Pick<Place, 'platform' | 'tenantId' | 'channelId' | 'threadId'>): string {
	return [place.platform, place.tenantId, place.channelId, place.threadId].map(encodeURIComponent).join(':');
}

/** @throws TypeError when the key was not made by `conversationKey`. */
export function parseConversationKey(key: string): Omit<Place, 'kind' | 'route'> {
	const [platform, tenantId, channelId, threadId, ...rest] = key.split(':').map(decodeURIComponent);
	if (!platform || tenantId === undefined || channelId === undefined || threadId === undefined || rest.length > 0) {
		throw new TypeError('not a conversation key');
	}
	return { platform, tenantId, channelId, threadId };
}
