/** Links to messages of Teams, as people copy them ("Deep links", to a message). Pure. */

import type { MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { idOf } from './json.ts';
import { routeTo, serviceUrlIn } from './route.ts';

const hosts = new Set(['teams.microsoft.com', 'teams.cloud.microsoft']);

/**
 * `https://teams.microsoft.com/l/message/<channel>/<message>?tenantId=…&groupId=…&parentMessageId=…`. A link tells no service URL: that of a
 * place nearby counts, for a tenant has one region.
 */
export function readMessageLink(link: string, near: Place | null, homeTenantId: string | null): MessageReference | null {
	const address = URL.canParse(link) ? new URL(link) : null;
	if (address?.protocol !== 'https:' || !hosts.has(address.hostname)) return null;
	const [, channel = '', messageId = ''] = /^\/l\/message\/([^/]{1,300})\/(\d{1,20})\/?$/.exec(address.pathname) ?? [];
	const channelId = decoded(channel);
	const { searchParams: query } = address;
	const tenantId = idOf(query.get('tenantId')) || (homeTenantId ?? near?.tenantId ?? '');
	if (messageId === '' || tenantId === '' || (homeTenantId !== null && tenantId !== homeTenantId)) return null;
	const serviceUrl = near?.platform === 'teams' ? serviceUrlIn(near.route ?? '') : '';
	const base = { platform: 'teams', tenantId, channelId };
	if (/@thread\.v2$/.test(channelId)) return { place: { ...base, threadId: '', kind: 'group', route: serviceUrl }, messageId };
	if (!/@thread\.(?:tacv2|skype)$/.test(channelId)) return null;
	const parentId = query.get('parentMessageId') ?? '';
	const threadId = /^\d{1,20}$/.test(parentId) ? parentId : messageId;
	return { place: { ...base, threadId, kind: 'channel', route: routeTo(serviceUrl, idOf(query.get('groupId'))) }, messageId };
}

/** Null for chats of two, which Teams' own clients know by another id. @param groupId Of the team that a channel belongs to. */
export function messageLink({ place, messageId }: MessageReference, groupId: string): string | null {
	const { kind, channelId, threadId, tenantId } = place;
	if (kind === 'direct') return null;
	const address = `https://teams.microsoft.com/l/message/${encodeURIComponent(channelId)}/${encodeURIComponent(messageId)}`;
	if (kind === 'group') return `${address}?${new URLSearchParams({ tenantId, context: JSON.stringify({ contextType: 'chat' }) })}`;
	return `${address}?${new URLSearchParams({ tenantId, groupId, parentMessageId: threadId || messageId, createdTime: messageId })}`;
}

function decoded(part: string): string {
	try {
		return idOf(decodeURIComponent(part));
	} catch {
		return '';
	}
}
