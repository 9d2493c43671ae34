/** The settings for people whose platform does not tell what they speak and where they are. */

import { z } from 'zod';
import { isTimeZone } from '../local-time.ts';
import { defineSettings } from './slice.ts';

export const localeSettings = defineSettings({
	variables: {
		OPENCCB_LANGUAGE: z.enum(['en', 'es']).default('en').describe('Language for people whose platform does not tell theirs'),
		OPENCCB_TIME_ZONE: z
			.string()
			.refine(isTimeZone, 'must be a time zone such as Europe/Madrid')
			.optional()
			.describe('Time zone of people whose platform does not tell theirs, such as Europe/Madrid; without it that of the machine'),
	},
	group: ({ OPENCCB_LANGUAGE, OPENCCB_TIME_ZONE }) => ({
		language: OPENCCB_LANGUAGE,
		timeZone: OPENCCB_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
	}),
});
