/** What every event says of itself. */

import type { Profile } from './profile.ts';

export interface EventBase {
	/** The same for every delivery of the same happening: the inbox accepts each key once. */
	key: string;
	platform: string;
	tenantId: string;
	/** When it happened by the platform's clock, ISO 8601. */
	occurredAt: string;
	/** The person's language, BCP 47, where the platform tells it with what they do. */
	locale?: string;
	/** The person's time zone, a name of the IANA database, where the platform tells it with what they do. */
	timeZone?: string;
	/** Who the person was when it happened, where the platform tells all there is to know with what they do. It spares asking for it. */
	profile?: Profile;
}
