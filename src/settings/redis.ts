/** The settings of Redis. */

import { url } from './setting-types.ts';
import { defineSettings } from './slice.ts';

export const redisSettings = defineSettings({
	variables: {
		REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379')
			.optional()
			.describe('Redis 6 or newer; needed only when several processes share the work'),
	},
	secrets: ['REDIS_URL'],
	group: ({ REDIS_URL }) => ({ url: REDIS_URL ?? null }),
});
