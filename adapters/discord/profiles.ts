/** What Discord tells of an account, in the core's words. Pure. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import { asId, asText, type Json } from './json.ts';

/** The tenant of every account: they are the same in all guilds. */
export const accountTenant = 'discord';

/** @param member What the guild adds to the account; empty where there is none. */
export function toProfile(actor: Actor, user: Json, member: Json): Profile {
	return {
		accountId: actor.accountId,
		tenantId: accountTenant,
		displayName: displayNameOf(user, member) || actor.accountId,
		// Only interactions tell a person's language.
		locale: null,
		isBot: user['bot'] === true,
		// Who has not agreed to the rules of the guild yet can read, and not write.
		isGuest: member['pending'] === true,
		isExternal: false,
		isDeactivated: false,
	};
}

/** As people see it: the name in the guild, the name that the person chose, the account's name. */
export function displayNameOf(user: Json, member: Json): string {
	return asText(member['nick']) || asText(user['global_name']) || asText(user['username']) || asId(user['id']);
}
