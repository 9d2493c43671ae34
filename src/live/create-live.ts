/** What goes on, told to pages that are open: here, and in other processes by way of a Redis that cannot read it. */

import type { Cache } from '../cache/cache.ts';
import { createSealedCache } from '../cache/sealed.ts';
import type { Clock } from '../clock.ts';
import { createLiveFollower, type LiveFollower } from './live-follower.ts';
import { createLivePublisher, type LivePublisher } from './live-publisher.ts';

export interface Live {
	publisher: LivePublisher;
	follower: LiveFollower;
	/** With what the database has for this. Until then nothing is told. */
	unlock(key: Buffer): void;
}

export function createLive({ cache, clock }: { cache: Cache; clock: Clock }): Live {
	const sealed = createSealedCache(cache);
	return {
		publisher: createLivePublisher({ cache: sealed, clock }),
		follower: createLiveFollower({ cache: sealed, clock }),
		unlock: sealed.unlock,
	};
}
