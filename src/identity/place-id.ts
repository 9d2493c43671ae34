/** The ids of conversations and channels, which follow from their places. */

import { conversationKey, type Place } from '../platform/place.ts';
import { stableId } from './stable-id.ts';

type Address = Pick<Place, 'platform' | 'tenantId' | 'channelId' | 'threadId'>;

export function conversationIdOf(place: Address): string {
	return stableId(`conversation:${conversationKey(place)}`);
}

/** Of the channel as a whole, whatever the thread. */
export function channelIdOf(place: Address): string {
	return stableId(`channel:${conversationKey({ ...place, threadId: '' })}`);
}
