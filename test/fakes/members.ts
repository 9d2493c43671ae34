/** Who reads in places, and who is answered still, as a test says it. */

import type { Identities } from '#src/identity/identity.ts';
import type { Memberships } from '#src/identity/memberships.ts';
import type { PlaceAudience } from '#src/platform/audience.ts';

/** Accounts by channel id; where nothing is said, nobody but whom `others` names. */
export interface MembersGiven {
	readers?: Readonly<Record<string, readonly string[]>>;
	/** Beside or instead of what follows from the readers. */
	audiences?: Readonly<Record<string, Partial<PlaceAudience>>>;
	/** Whether anybody reads in places of which nothing is said. */
	others?: boolean;
	/** Accounts that are not answered any more. */
	gone?: readonly string[];
}

/** Read anew with each question, so that a test can change what it gave. */
export function createFakeMembers(
	given: MembersGiven,
): Pick<Memberships, 'isMember' | 'audienceOf'> & Pick<Identities, 'mayAsk' | 'lastPlaceOf'> {
	return {
		lastPlaceOf: async () => null,
		mayAsk: async ({ accountId }) => given.gone?.includes(accountId) !== true,
		isMember: async (_platform, { channelId }, { accountId }) => given.readers?.[channelId]?.includes(accountId) ?? given.others ?? false,
		audienceOf: async (_platform, { channelId }) => {
			const accountIds = new Set(given.readers?.[channelId] ?? []);
			return { isOpen: false, hasOutsiders: false, accountIds, ...given.audiences?.[channelId] };
		},
	};
}
