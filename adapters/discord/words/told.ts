/** What Discord tells in a channel by itself, as far as it concerns a conversation. Pure. */

import { asNumber, asObject, asObjects, asText, type Json } from '../json.ts';
import { displayNameOf } from '../profiles.ts';
import { named } from './bounds.ts';

/** "Message Types" whose content is what somebody wrote: messages, replies, answers to commands, what moderation blocked. */
const writtenTypes = new Set<unknown>([0, 19, 20, 23, 24]);
/** The highest of the types that are known; of those that may follow, the content is read. */
const lastKnownType = 46;

const tellings: Readonly<Record<number, (message: Json) => string>> = {
	1: (message) => named('added', mentionedNames(message)),
	2: (message) => named('removed', mentionedNames(message)),
	3: () => named('call'),
	4: (message) => named('new name', asText(message['content'])),
	7: () => named('joined'),
	18: (message) => named('started a thread', asText(message['content'])),
	// The first message of a thread is what it was started on, or a sign that this is gone.
	21: () => named('a message that was deleted'),
};

/** Whether the content is somebody's words. */
export function isWritten({ type }: Json): boolean {
	return writtenTypes.has(type ?? 0) || asNumber(type) > lastKnownType;
}

/** Empty for most: pins, boosts, notices to moderators. Above an app's answer to a command stands who used which. */
export function toldBy(message: Json): string {
	return isWritten(message) ? commandOf(message) : (tellings[asNumber(message['type'])]?.(message) ?? '');
}

function commandOf(message: Json): string {
	const command = asObject(message['interaction']);
	const user = displayNameOf(asObject(command['user'] ?? asObject(message['interaction_metadata'])['user']), {});
	const name = asText(command['name']);
	return user === '' ? '' : named('answer to', `${name === '' ? 'a command' : `/${name}`} of ${user}`);
}

function mentionedNames(message: Json): string {
	return asObjects(message['mentions'])
		.map((user) => displayNameOf(user, asObject(user['member'])))
		.join(', ');
}
