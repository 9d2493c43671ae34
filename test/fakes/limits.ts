/** Limits that refuse on order and remember what they were asked. */

import type { LimitedRequest, Limits } from '#src/limits/limits.ts';
import type { LimitRefusal } from '#src/limits/refusal.ts';

export interface FakeLimits extends Pick<Limits, 'admit' | 'charge' | 'inFlightLimit' | 'mayBeTold' | 'mayUse' | 'uploadBytes'> {
	refusal: LimitRefusal | null;
	inFlight: number | null;
	/** False: whoever it is has heard enough. */
	isPatient: boolean;
	asked: LimitedRequest[];
	charged: { userId: string; tokens: number }[];
}

export function createFakeLimits(): FakeLimits {
	return {
		refusal: null,
		inFlight: null,
		isPatient: true,
		asked: [],
		charged: [],
		async admit(_person, request) {
			this.asked.push(request);
			return this.refusal;
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
