/** The settings of administration: who may always administer, and whether they may read what others said. */

import { z } from 'zod';
import { parseAccountReference } from '../identity/account.ts';
import { list, onOrOff, onUnlessOff } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const accountReferenceText = z
	.string()
	.refine((text) => parseAccountReference(text) !== null, 'must be accounts such as slack:T0123ABCD:U0123ABCD');

export const administrationSettings = defineSettings({
	variables: {
		OPENCCB_ADMINS: list(accountReferenceText)
			.optional()
			.describe('Administrators, separated by commas, as platform:tenant:account such as slack:T0123ABCD:U0123ABCD'),
		OPENCCB_AUDIT: onUnlessOff.describe(
			'Whether administrators may read what somebody told the bot, giving a reason that is kept; off forbids it in the database',
		),
		OPENCCB_BROADCAST: onOrOff.describe('Whether administrators may say something in every channel at once, with `admin broadcast`'),
	},
	group: (values) => ({ admins: values.OPENCCB_ADMINS ?? [], audit: values.OPENCCB_AUDIT, mayBroadcast: values.OPENCCB_BROADCAST }),
});
