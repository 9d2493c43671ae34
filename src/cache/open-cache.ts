/** Opens the cache that the settings ask for. */

import type { Logger } from '../log.ts';
import { createListeners } from '../redis/listeners.ts';
import type { Cache } from './cache.ts';
import { createFallbackCache } from './fallback-cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

/**
 * Without a `url` the cache is this process's memory (`local`). With one it is Redis (`shared`), and memory with halved call budgets
 * whenever Redis is away (`degraded`), be it from the start; each change is logged once, and `mode()` is `degraded` until the first
 * connection stands. `clock` (milliseconds) moves memory only; Redis goes by its own. Connects at once; call `close()` in the end.
 */
export function openCache({ url, logger, clock }: { url: string | null; logger: Logger; clock?: () => number }): Cache {
	const subscriptions = createListeners(logger);
	const memory = createMemoryCache({ subscriptions, ...(clock === undefined ? {} : { clock }) });
	if (url === null) return memory;
	return createFallbackCache({ redis: createRedisCache({ url, logger, subscriptions }), memory, logger });
}
