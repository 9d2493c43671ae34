/** Slack's user objects in the core's words: the answer of `users.info` and the event `user_change` carry the same one. Pure. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import { asObject, type Json, textOf as text } from '#src/platform/untrusted-json.ts';
import type { SlackIdentity } from './connection.ts';
import { decodeEntities } from './format.ts';
import { readId } from './id.ts';

/**
 * What Slack says of this account. Somebody is of our workspace only when everything says so: what the event said of them (`actor`), and
 * the workspace in the user object, which must be there.
 */
export function readProfile(user: Json, actor: Actor, ownTeamId: string): Profile {
	const profile = asObject(user['profile']);
	const isBot = user['is_bot'] === true;
	const isExternal = user['is_stranger'] === true || user['team_id'] !== ownTeamId || actor.tenantId !== ownTeamId;
	const email = text(profile['email']);
	// Of another company's people it would be that company's word.
	const hasOwnEmail = email !== '' && user['is_email_confirmed'] === true && !isBot && !isExternal;
	return {
		accountId: actor.accountId,
		tenantId: actor.tenantId,
		displayName: nameIn(user) || actor.accountId,
		locale: text(user['locale']) || null,
		isBot,
		isGuest: user['is_restricted'] === true || user['is_ultra_restricted'] === true,
		isExternal,
		isDeactivated: user['deleted'] === true,
		...(hasOwnEmail ? { email } : {}),
	};
}

/** As people see it; empty when there is none. Slack gives the characters & < > in names as entities, as in all texts. */
export function nameIn(user: Json): string {
	const profile = asObject(user['profile']);
	const names = [profile['display_name'], profile['real_name'], user['real_name'], user['name']];
	return decodeEntities(names.map((value) => text(value)).find(Boolean) ?? '');
}

/** An account that Slack does not show us. */
export function unseenProfile(actor: Actor): Profile {
	const unknown = { displayName: actor.accountId, locale: null, isBot: false, isGuest: false, isDeactivated: false };
	return { ...actor, ...unknown, isExternal: true };
}

/** The events `team_join` and `user_change`: new, renamed, closed, opened again, made a guest. Null when it tells of nobody, or of the bot itself. */
export function readUserChange(body: Json, identity: SlackIdentity): Profile | null {
	const user = asObject(asObject(body['event'])['user']);
	const actor = { tenantId: readId(user['team_id']), accountId: readId(user['id']) };
	if (actor.tenantId === '' || actor.accountId === '' || actor.accountId === identity.botUserId) return null;
	return readProfile(user, actor, identity.teamId);
}
