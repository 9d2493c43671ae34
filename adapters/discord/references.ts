/** The message that another one answers: which it is, and what it says where Discord did not bring it along. */

import { toBotError } from '#src/errors.ts';
import type { DiscordCall } from './client.ts';
import { asId, asObject, type Json } from './json.ts';

/** "Message Types": a reply, and the answer to a command that was used on a message. */
const replyMessage = 19;
const answeringTypes = new Set<unknown>([replyMessage, 23]);
/** "Message Reference Types": 0 is a reply, 1 a forwarded message. */
const replyReference = 0;

/** The id of the message that this one is a reply to, or null. */
export function parentOf(message: Json): string | null {
	return message['type'] === replyMessage ? answeredIdOf(message) : null;
}

/** The same for everything that Discord shows below what it answers. */
export function answeredIdOf(message: Json): string | null {
	const reference = asObject(message['message_reference']);
	const isAnswer = answeringTypes.has(message['type']) && (reference['type'] ?? replyReference) === replyReference;
	const id = asId(reference['message_id']);
	return isAnswer && id !== '' ? id : null;
}

/** Who wrote what this one answers; empty where that is not known, or it answers nothing. */
export function answeredAuthorOf(message: Json): string {
	return parentOf(message) === null ? '' : asId(asObject(asObject(message['referenced_message'])['author'])['id']);
}

/**
 * A reply with what it answers. Without the field, Discord has not looked for it ("Message Object"): then it is asked for, and null stands for
 * what was deleted, as in Discord's own words. What may not be read stays away.
 * @throws BotError when Discord cannot be asked just now.
 */
export async function withAnswered(call: DiscordCall, channelId: string, message: Json, signal: AbortSignal): Promise<Json> {
	const parentId = parentOf(message);
	if (parentId === null || message['referenced_message'] !== undefined) return message;
	const request = { method: 'GET', route: `/channels/${channelId}/messages/${parentId}` } as const;
	try {
		return { ...message, referenced_message: asObject(await call('get message', request, signal)) };
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code !== 'PLATFORM_REJECTED') throw error;
		return error.reason === 'message-gone' ? { ...message, referenced_message: null } : message;
	}
}
