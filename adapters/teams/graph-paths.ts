/** Where Microsoft Graph has the messages of a place. Pure. */

import type { Place } from '#src/platform/place.ts';

/** @param groupId Of the team that a channel belongs to. */
export function messagePath({ kind, channelId, threadId }: Place, groupId: string, messageId: string): string {
	const [channel, message] = [channelId, messageId].map(encodeURIComponent);
	if (kind !== 'channel') return `chats/${channel}/messages/${message}`;
	const messages = `teams/${encodeURIComponent(groupId)}/channels/${channel}/messages`;
	return threadId === '' || threadId === messageId
		? `${messages}/${message}`
		: `${messages}/${encodeURIComponent(threadId)}/replies/${message}`;
}
