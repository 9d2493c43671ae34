/** The limits over counts of their own, put together. */

import { openCounters } from './counters.ts';
import { createLimits, type Limits, type LimitsDependencies } from './limits.ts';
import { createRequestLimits, type RequestLimits } from './request-limits.ts';
import { createStandardLimits, type StandardLimits } from './standard-limits.ts';

export interface LimitsOptions extends Pick<LimitsDependencies, 'observeRefusal'> {
	/** Null for counts of this process alone. */
	redisUrl: string | null;
	/** From the settings. */
	standard: StandardLimits;
}

export interface OpenLimits extends Limits {
	requests: RequestLimits;
	close(): Promise<void>;
}

/** With a `redisUrl` it connects at once; call `close()` in the end. */
export function openLimits({ redisUrl, standard, observeRefusal }: LimitsOptions): OpenLimits {
	const counters = openCounters({ url: redisUrl });
	return {
		...createLimits({ counters, standard: createStandardLimits(standard), observeRefusal }),
		requests: createRequestLimits({ shared: counters, own: openCounters({ url: null }) }),
		close: counters.close,
	};
}
