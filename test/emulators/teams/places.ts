/** From an id in a URL to a conversation that the bot may use. */

import type { Core } from './core.ts';
import { textOf } from './json.ts';
import { type Conversation, type Json, ServiceFailure, type StoredMessage, type User } from './types.ts';

export interface Place {
	conversation: Conversation;
	threadRootId: string | undefined;
}

/** "Only you can see this message" vanishes after 24 h ("Targeted messages"). */
const targetedLifetimeMs = 24 * 3_600_000;

/** The place of `<id>` or `<id>;messageid=<root>`. */
export function openPlace(core: Core, id: string): Place {
	const conversation = core.tenant.conversation(id);
	if (conversation === undefined) throw notFound();
	if (!conversation.botIsMember) {
		throw new ServiceFailure(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
	}
	const suffix = id.slice(conversation.id.length);
	if (suffix === '') return { conversation, threadRootId: undefined };
	const root = core.messages.get(conversation.id, /^;messageid=(\d+)$/.exec(suffix)?.[1] ?? '');
	if (root === undefined || root.threadRootId !== undefined || conversation.kind !== 'channel') throw notFound();
	return { conversation, threadRootId: root.id };
}

/** The place, when somebody may write there. */
export function openWritablePlace(core: Core, id: string): Place {
	const place = openPlace(core, id);
	if (place.conversation.isBlocked) throw writesBlocked();
	return place;
}

/** A message of the bot that is still there. */
export function ownMessage(core: Core, place: Place, id: string): StoredMessage {
	const message = core.messages.get(place.conversation.id, id);
	const isOver = message?.visibleTo !== undefined && core.now() - message.atMs > targetedLifetimeMs;
	if (message === undefined || message.deleted || isOver) {
		throw new ServiceFailure(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');
	}
	if (message.from !== 'bot') throw new ServiceFailure(403, 'ForbiddenOperationException', 'The bot may change its own messages only.');
	return message;
}

/** The member named by `29:` id or object id. */
export function memberOf(core: Core, { members }: Conversation, account: Json): User | undefined {
	const user = core.tenant.user(textOf(account.id));
	return user !== undefined && members.includes(user.id) ? user : undefined;
}

function notFound(): ServiceFailure {
	return new ServiceFailure(404, 'ConversationNotFound', 'Conversation not found.');
}

/** The body as "Proactive messages" shows it, JSON within JSON. */
function writesBlocked(): ServiceFailure {
	const reason = {
		subCode: 'MessageWritesBlocked',
		details: 'Thread is blocked from message writes.',
		errorCode: null,
		errorSubCode: null,
	};
	const body = { errorCode: 209, message: JSON.stringify(reason, null, 2) };
	return new ServiceFailure(403, 'MessageWritesBlocked', reason.details, { body });
}
