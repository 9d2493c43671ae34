/** Under which names processes tell each other what is going on in conversations. */

export function channelOf(conversationId: string): string {
	return `live:${conversationId}`;
}

/** For whoever begins to read along. */
export function snapshotKey(conversationId: string): string {
	return `live:${conversationId}`;
}

/** Whose list of conversations has changed, or whose sign-in has. */
export function personChannelOf(userId: string): string {
	return `live-person:${userId}`;
}
