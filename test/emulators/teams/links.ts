/** Links to messages, as people copy them ("Deep links", to a message). Pure. */

import type { Core } from './core.ts';
import type { VisibleMessage } from './types.ts';

/** A chat of two has another id in links than the one that the bot knows: the object id of the person and the id of the app. */
export function linkTo(
	{ identity, tenant }: Pick<Core, 'identity' | 'tenant'>,
	{ conversation: conversationId, id, threadRootId = id }: Pick<VisibleMessage, 'conversation' | 'id' | 'threadRootId'>,
): string {
	const conversation = tenant.conversation(conversationId);
	if (conversation?.kind === 'channel') {
		const { tenantId } = identity;
		const { aadGroupId: groupId = '', name: teamName = '' } = conversation.team ?? {};
		const query = { tenantId, groupId, parentMessageId: threadRootId, teamName, channelName: conversation.name, createdTime: id };
		return write(conversationId, id, query);
	}
	const [member = ''] = conversation?.members ?? [];
	const isPersonal = conversation?.kind === 'personal';
	const chatId = isPersonal ? `19:${tenant.user(member)?.aadObjectId}_${identity.appId}@unq.gbl.spaces` : conversationId;
	return write(chatId, id, { context: JSON.stringify({ contextType: 'chat' }) });
}

function write(chatId: string, messageId: string, query: Record<string, string>): string {
	return `https://teams.microsoft.com/l/message/${encodeURIComponent(chatId)}/${messageId}?${new URLSearchParams(query)}`;
}
