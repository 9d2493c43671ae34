/** What Discord tells of an account, in the core's words. Pure. */

import type { Actor } from '#src/platform/chat-event.ts';
import { toDisplayName } from '#src/platform/display-name.ts';
import type { Profile } from '#src/platform/profile.ts';
import { asId, asObject, asText, type Json } from './json.ts';

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

/** Discord renames accounts that were deleted. */
const deletedName = /^deleted_user_[0-9a-f]+$/;

export function isDeleted(user: Json): boolean {
	return deletedName.test(asText(user['username']));
}

/** As people see it: the name in the guild, the name that the person chose, the account's name. */
export function displayNameOf(user: Json, member: Json): string {
	return asText(member['nick']) || asText(user['global_name']) || asText(user['username']) || asId(user['id']);
}

/** Who wrote a message, by name. Null where Discord does not tell, or the account is gone. */
export function authorNameOf(message: Json): string | null {
	const author = asObject(message['author']);
	return isDeleted(author) ? null : toDisplayName(displayNameOf(author, asObject(message['member']))) || null;
}
