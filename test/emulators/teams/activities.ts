/** Messages of the bot: new ones, answers, updates, deletions, the typing sign. */

import { badSyntax, readContent } from './content.ts';
import type { Core } from './core.ts';
import type { Result } from './endpoint.ts';
import { isFileCard } from './file-cards.ts';
import { isJson, objectOf, textOf } from './json.ts';
import { memberOf, openWritablePlace, ownMessage, type Place } from './places.ts';
import { checkUpdateOfStream, streamInfo, takeStreamRequest } from './streams.ts';
import { type Json, ServiceFailure, type StoredMessage } from './types.ts';

export interface PostRequest {
	conversationId: string;
	/** From the path `/activities/{replyToId}`. */
	replyToId: string | undefined;
	isTargeted: boolean;
	body: unknown;
}

/** Takes a new activity. 201 with its id; for the later requests of a stream 202 without. */
export function postActivity(core: Core, request: PostRequest): Result {
	const activity = readActivity(request.body);
	const place = replyPlace(core, openWritablePlace(core, request.conversationId), request.replyToId);
	const info = streamInfo(activity);
	if (info !== undefined) return takeStreamRequest(core, place, activity, info);
	if (activity.type === 'typing') {
		// In channels the sign does not show reliably, so the emulator never shows it there.
		if (place.conversation.kind !== 'channel') core.messages.showTyping(place.conversation.id);
		return { status: 201, body: { id: `f:${core.tenant.nextUuid()}` } };
	}
	const visibleTo = request.isTargeted ? targetOf(core, place, activity) : undefined;
	return { status: 201, body: { id: postMessage(core, place, activity, visibleTo).id } };
}

/** Stores a message of the bot. */
export function postMessage(core: Core, place: Place, activity: Json, visibleTo?: string): StoredMessage {
	const content = readContent(activity);
	if (place.conversation.kind !== 'personal' && content.attachments.some(isFileCard))
		throw badSyntax('Bots give files in personal chats alone.');
	return core.messages.add({
		...content,
		conversation: place.conversation.id,
		threadRootId: place.threadRootId,
		from: 'bot',
		visibleTo,
	});
}

/** Replaces text, attachments, entities and channel data of a message as a whole. */
export function updateActivity(core: Core, conversationId: string, id: string, body: unknown): Result {
	const activity = readActivity(body);
	const message = ownMessage(core, openWritablePlace(core, conversationId), id);
	if (message.visibleTo !== undefined && activity.recipient !== undefined) {
		throw new ServiceFailure(400, 'BadArgument', 'A targeted message keeps its recipient: none may be given.');
	}
	if (streamInfo(activity) !== undefined) throw new ServiceFailure(400, 'BadRequest', 'An update must not be part of a stream.');
	const content = readContent(activity);
	checkUpdateOfStream(core, message);
	Object.assign(message, content, { edited: true });
	core.messages.changed(message);
	return { status: 200, body: { id } };
}

export function deleteActivity(core: Core, conversationId: string, id: string): Result {
	const message = ownMessage(core, openWritablePlace(core, conversationId), id);
	message.deleted = true;
	if (message.stream?.state === 'in_progress') message.stream.state = 'done';
	core.messages.changed(message, 'deleted');
	return { status: 200 };
}

function readActivity(body: unknown): Json {
	if (!isJson(body)) throw badSyntax('The body has to be an activity.');
	return body;
}

/** In a channel an answer belongs to the thread of what it answers; elsewhere there are no threads. */
function replyPlace(core: Core, place: Place, replyToId: string | undefined): Place {
	if (replyToId === undefined) return place;
	const { conversation } = place;
	const message = core.messages.get(conversation.id, replyToId);
	if (message === undefined && !core.deliveries.isDelivered(replyToId)) {
		throw new ServiceFailure(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');
	}
	if (conversation.kind !== 'channel' || place.threadRootId !== undefined || message === undefined) return place;
	return { conversation, threadRootId: message.threadRootId ?? message.id };
}

/** "Targeted messages": the recipient has to be named and to be a member; a chat of two has nobody to hide anything from. */
function targetOf(core: Core, { conversation }: Place, activity: Json): string {
	if (!isJson(activity.recipient)) throw new ServiceFailure(400, 'BadArgument', 'A targeted message needs a recipient.');
	if (conversation.kind === 'personal') throw new ServiceFailure(400, 'BadArgument', 'There are no targeted messages in personal chats.');
	const member = memberOf(core, conversation, objectOf(activity.recipient));
	if (member === undefined) {
		throw new ServiceFailure(404, 'MemberNotFoundInConversation', `Not a member: ${textOf(objectOf(activity.recipient).id)}`);
	}
	return member.id;
}
