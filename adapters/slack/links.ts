/** Links to messages of Slack, as people paste them. Pure. */

import type { MessageReference } from '#src/platform/chat-platform.ts';
import type { SlackIdentity } from './connection.ts';
import { readId } from './id.ts';

/** Six digits of a time stamp stand behind its dot; a link leaves the dot out. */
const afterDot = 6;

/**
 * `https://<workspace>.slack.com/archives/C0123/p1700000000123456?thread_ts=1699999999.000100&cid=C0123`. In an Enterprise Grid the same channel
 * has addresses at several workspaces, so the channel alone says which it is: ids of channels are never given twice.
 */
export function readMessageLink(link: string, { teamId, url = '' }: Pick<SlackIdentity, 'teamId' | 'url'>): MessageReference | null {
	const address = URL.canParse(link) ? new URL(link) : null;
	if (address === null || !isSlack(address, url)) return null;
	const [, channelId = '', digits = ''] = /^\/archives\/([CDG][A-Z0-9]{2,40})\/p(\d{10,20})\/?$/.exec(address.pathname) ?? [];
	if (channelId === '' || digits.length <= afterDot) return null;
	const messageId = `${digits.slice(0, -afterDot)}.${digits.slice(-afterDot)}`;
	const threadId = readId(address.searchParams.get('thread_ts'), messageId);
	const kind = channelId.startsWith('D') ? 'direct' : 'channel';
	return { place: { platform: 'slack', tenantId: teamId, channelId, threadId, kind }, messageId };
}

/** What `chat.getPermalink` would answer; null as long as Slack has not told where our workspace is. */
export function messageLink(
	{ place: { channelId, threadId }, messageId }: MessageReference,
	{ url = '' }: Pick<SlackIdentity, 'url'>,
): string | null {
	if (!URL.canParse(url)) return null;
	const link = new URL(`archives/${channelId}/p${messageId.replace('.', '')}`, url);
	const thread = threadId === '' || threadId === messageId ? {} : { thread_ts: threadId, cid: channelId };
	link.search = new URLSearchParams(thread).toString();
	return link.href;
}

function isSlack(address: URL, ownUrl: string): boolean {
	if (address.origin === (URL.canParse(ownUrl) ? new URL(ownUrl).origin : '')) return true;
	return address.protocol === 'https:' && address.hostname.endsWith('.slack.com');
}
