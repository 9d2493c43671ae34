/** Somebody we know, as everything above the database sees them. */

import type { LimitedPerson } from '../limits/limits.ts';

/** Their `role` is what they may do at present: granted by an administrator, following the platform's groups, or everybody's. */
export interface Person extends LimitedPerson {
	/** The account that they speak with now; a person can have several, on several platforms. */
	identityId: string;
	displayName: string;
	/** BCP 47, as the platform gave it. */
	locale: string | null;
	/** A name of the IANA database; absent where no platform tells it. */
	timeZone?: string;
	/** Other than `member`: one polite sentence and nothing else. */
	standing: 'member' | 'guest' | 'deactivated';
}
