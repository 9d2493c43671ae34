/** Where the platform refused something lately, native streams or any post: nobody trusts in it there again before a while has passed. */

import type { Clock } from '../clock.ts';
import type { Place } from '../platform/place.ts';

export interface PlaceRefusals {
	refused(place: Place): void;
	/** It was taken after all. */
	accepted(place: Place): void;
	isRefused(place: Place): boolean;
}

/** Longer than the stream of a process that died can stand in the way of the next one; each try where none are allowed costs a call. */
const rememberedMs = 10 * 60_000;
/** As many channels as are busy at once; the oldest is forgotten. */
const maxChannels = 1_000;

export function createPlaceRefusals(clock: Clock): PlaceRefusals {
	const refusedAtMs = new Map<string, number>();
	const keyOf = ({ platform, tenantId, channelId }: Place) => JSON.stringify([platform, tenantId, channelId]);
	return {
		refused(place) {
			refusedAtMs.delete(keyOf(place));
			refusedAtMs.set(keyOf(place), clock.now());
			const [oldest] = refusedAtMs.keys();
			if (refusedAtMs.size > maxChannels && oldest !== undefined) refusedAtMs.delete(oldest);
		},
		accepted: (place) => void refusedAtMs.delete(keyOf(place)),
		isRefused: (place) => clock.now() - (refusedAtMs.get(keyOf(place)) ?? Number.NEGATIVE_INFINITY) < rememberedMs,
	};
}
