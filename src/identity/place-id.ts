/** The ids of conversations, channels and questions, which follow from their places. */

import { conversationKey, type Place } from '../platform/place.ts';
import { stableId } from './stable-id.ts';

type Address = Pick<Place, 'platform' | 'tenantId' | 'channelId' | 'threadId'>;

export function conversationIdOf(place: Address): string {
	return conversationIdOfKey(conversationKey(place));
}

/** @param key As `conversationKey` makes it. */
export function conversationIdOfKey(key: string): string {
	return stableId(`conversation:${key}`);
}

/** Of the channel as a whole, whatever the thread. */
export function channelIdOf(place: Address): string {
	return stableId(`channel:${conversationKey({ ...place, threadId: '' })}`);
}

/** The id under which a message of the platform is kept: the same message, the same id. */
export function questionIdOf(
	{ platform, tenantId, channelId }: Pick<Address, 'platform' | 'tenantId' | 'channelId'>,
	messageId: string,
): string {
	return stableId(`message:${platform}:${tenantId}:${channelId}:${messageId}`);
}
