/** Limits that refuse on order and remember what they were asked. */

import type { LimitedRequest, Limits } from '#src/limits/limits.ts';
import type { LimitRefusal } from '#src/limits/refusal.ts';

export interface FakeLimits
	extends Pick<Limits, 'admit' | 'admitIn' | 'charge' | 'inFlightLimit' | 'mayBeTold' | 'mayUse' | 'uploadBytes'> {
	refusal: LimitRefusal | null;
	inFlight: number | null;
	/** False: whoever it is has heard enough. */
	isPatient: boolean;
	/** When a channel may use something again; null where there is something left. */
	usedUp: { backInMs: number } | null;
	asked: LimitedRequest[];
	charged: { userId: string; tokens: number }[];
}

export function createFakeLimits(): FakeLimits {
	return {
		refusal: null,
		inFlight: null,
		isPatient: true,
		usedUp: null,
		asked: [],
		charged: [],
		async admit(_person, request) {
			this.asked.push(request);
			return this.refusal;
		},
		async admitIn() {
			return this.usedUp;
		},
		async charge({ userId }, tokens) {
			this.charged.push({ userId, tokens });
		},
		async mayBeTold() {
			return this.isPatient;
		},
		mayUse: () => true,
		uploadBytes: () => null,
		inFlightLimit() {
			return this.inFlight;
		},
	};
}
