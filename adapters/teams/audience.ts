/** Who reads along in a team's channel or a group chat, by the list of its members. */

import { type PlaceAudience, unknownAudience } from '#src/platform/audience.ts';
import type { ChatPlatform, Profile } from '#src/platform/chat-platform.ts';
import type { Connector } from './connector-client.ts';
import { idOf, type Json } from './json.ts';
import { nullWhereShutOut } from './lookups.ts';
import { toProfile } from './profiles.ts';
import { readMembers } from './rosters.ts';

/** 10,000 people, at half a second a call the longest that a question to a platform is waited for. */
const maxPages = 20;

/**
 * Whether a team is open to the whole company, the connector does not tell: nobody counts as a reader but its members.
 * @param homeTenantId The tenant that is served; null in anonymous mode, where whoever is there belongs there.
 */
export function createFetchAudience(connector: Connector, homeTenantId: string | null): ChatPlatform['fetchAudience'] {
	return async (place, signal) => {
		const tenantId = homeTenantId ?? place.tenantId;
		const found: Profile[] = [];
		let token = '';
		for (let page = 0; page < maxPages; page++) {
			const read = await readMembers(connector, place, token, signal).catch(nullWhereShutOut);
			if (read === null) return unknownAudience;
			found.push(...read.members.map((member) => profileOf(member, tenantId)));
			token = read.next;
			if (token === '') return audienceOf(found);
		}
		return unknownAudience;
	};
}

function profileOf(member: Json, tenantId: string): Profile {
	return toProfile(member, { tenantId, accountId: idOf(member['aadObjectId']) || idOf(member['objectId']) }, tenantId);
}

/** Who has no account of the directory comes from outside. */
function audienceOf(profiles: readonly Profile[]): PlaceAudience {
	const hasOutsiders = profiles.some(({ accountId, isGuest, isExternal }) => accountId === '' || isGuest || isExternal);
	return { isOpen: false, hasOutsiders, accountIds: new Set(profiles.map(({ accountId }) => accountId)) };
}
