/** Somebody we know, as everything above the database sees them. */

import type { UserRole } from '../database/roles.ts';
import type { LimitValues } from '../limits/limit-values.ts';

export interface Person {
	userId: string;
	/** The account that they speak with now; a person can have several, on several platforms. */
	identityId: string;
	/** What they may do at present: granted by an administrator, following the platform's groups, or everybody's. */
	role: UserRole;
	displayName: string;
	/** BCP 47, as the platform gave it. */
	locale: string | null;
	/** A name of the IANA database; absent where no platform tells it. */
	timeZone?: string;
	/** Other than `member`: one polite sentence and nothing else. */
	standing: 'member' | 'guest' | 'deactivated';
	/** What their role and they themselves may use, where an administrator said so. */
	limits: LimitValues;
	/** What holds beside all other limits, because it came along with an account. */
	ceilings?: LimitValues;
	/** Under whose `userId` what they use is counted, when not under their own. */
	countsAs?: string;
}
