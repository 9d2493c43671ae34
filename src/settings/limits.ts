/** The settings of limits: of one person, until an administrator says otherwise for them or their role. */

import { z } from 'zod';
import { integer } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const limit = (otherwise: number) =>
	z
		.union([z.literal('none').transform(() => null), integer(1, 1_000_000_000, otherwise)], 'must be a whole number from 1, or none')
		.default(otherwise);

export const limitsSettings = defineSettings({
	variables: {
		OPENCCB_REQUESTS_PER_MINUTE: limit(20).describe('Questions that one person may ask in a minute, or none for no limit'),
		OPENCCB_TOKENS_PER_DAY: limit(500_000).describe('Tokens, read and written, that answers to one person may take in 24 hours, or none'),
		OPENCCB_REPLIES_IN_FLIGHT: limit(10).describe('Answers to one person that may be under way at once, waiting ones included, or none'),
	},
	group: (values) => ({
		requestsPerMinute: values.OPENCCB_REQUESTS_PER_MINUTE,
		tokensPerDay: values.OPENCCB_TOKENS_PER_DAY,
		repliesInFlight: values.OPENCCB_REPLIES_IN_FLIGHT,
	}),
});
