/** Slack's user objects in the core's words: the answer of `users.info` and the event `user_change` carry the same one. Pure. */

import { isTimeZone } from '#src/local-time.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import { asObject, type Json, textOf as text } from '#src/platform/untrusted-json.ts';
import { isBuiltInAuthor } from './authors.ts';
import type { SlackIdentity } from './connection.ts';
import { decodeEntities } from './format.ts';
import { readId } from './id.ts';

/** Our workspace and the company that it belongs to. */
export type Home = Pick<SlackIdentity, 'teamId' | 'enterpriseId'>;

/** Each of them is a machine ("User object"). */
const botMarks = ['is_bot', 'is_workflow_bot', 'is_connector_bot'] as const;

/**
 * What Slack says of this account. Somebody is of our company only when everything says so: what the event said of them (`actor`), and the
 * user object, which must name our workspace or, in an Enterprise Grid, our company.
 */
export function readProfile(user: Json, actor: Actor, own: Home): Profile {
	const profile = asObject(user['profile']);
	const isBot = botMarks.some((mark) => user[mark] === true) || isBuiltInAuthor(actor.accountId);
	const isExternal = !teamsOf(user, own).has(actor.tenantId);
	const email = text(profile['email']);
	const timeZone = text(user['tz']);
	// Of another company's people it would be that company's word.
	const hasOwnEmail = email !== '' && user['is_email_confirmed'] === true && !isBot && !isExternal;
	return {
		accountId: actor.accountId,
		tenantId: actor.tenantId,
		displayName: nameIn(user) || actor.accountId,
		locale: text(user['locale']) || null,
		...(timeZone !== '' && isTimeZone(timeZone) ? { timeZone } : {}),
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

/**
 * The workspaces of our company that somebody belongs to by Slack's word; none for anybody else. In an Enterprise Grid all workspaces are one
 * company, and ids are its own: whoever is in one of them is a colleague, and counts as somebody of our workspace.
 */
export function teamsOf(user: Json, { teamId, enterpriseId }: Home): ReadonlySet<string> {
	if (user['is_stranger'] === true) return new Set();
	const team = readId(user['team_id']);
	const enterprise = asObject(user['enterprise_user']);
	const company = readId(enterprise['enterprise_id']);
	const teams = (Array.isArray(enterprise['teams']) ? enterprise['teams'] : []).map((id) => readId(id));
	// A company that is told must be ours. Where none can be compared, it is ours when our workspace is one of its.
	const isCompared = company !== '' && enterpriseId !== undefined;
	const isColleague = isCompared ? company === enterpriseId : teams.includes(teamId);
	if (isColleague) return new Set([teamId, team, ...teams].filter(Boolean));
	return new Set(team === teamId && !isCompared ? [teamId] : []);
}

/** "users.info": an account of another workspace that this one may not see, or that is not there any more. */
export const unseenErrors: ReadonlySet<string> = new Set(['user_not_found', 'user_not_visible']);

/** An account that Slack does not show us. */
export function unseenProfile(actor: Actor): Profile {
	const unknown = { displayName: actor.accountId, locale: null, isBot: false, isGuest: false, isDeactivated: false };
	return { ...actor, ...unknown, isExternal: true };
}

/** The events `team_join` and `user_change`: new, renamed, closed, opened again, made a guest. Null when it tells of nobody, or of the bot itself. */
export function readUserChange(body: Json, identity: SlackIdentity): Profile | null {
	const user = asObject(asObject(body['event'])['user']);
	const isOurs = teamsOf(user, identity).size > 0;
	const actor = { tenantId: isOurs ? identity.teamId : readId(user['team_id']), accountId: readId(user['id']) };
	if (actor.tenantId === '' || actor.accountId === '' || actor.accountId === identity.botUserId || isBuiltInAuthor(actor.accountId))
		return null;
	return readProfile(user, actor, identity);
}
