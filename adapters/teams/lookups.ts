/** What the bot asks Teams: who somebody is. What was said, it cannot ask. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Connector } from './connector-client.ts';
import { asObjects, type Json, textOf } from './json.ts';

/** A member of the conversation; null for whoever is not in it. */
export type FindMember = (place: Place, accountId: string, signal: AbortSignal) => Promise<{ id: string; profile: Profile } | null>;

/** "Get member details": the roles of people from outside; of guests the name says it too. */
const guestRoles: ReadonlySet<string> = new Set(['guest', 'anonymous']);
/** What the connector says of somebody who is not in the conversation. */
const goneReasons: ReadonlySet<string> = new Set(['MemberNotFoundInConversation', 'NotFound', 'http-404']);
/** "Get paged members": the most that one page holds. */
const pageSize = 500;

export function createFindMember(connector: Connector, { anonymous }: { anonymous: boolean }): FindMember {
	async function ask(place: Place, accountId: string, signal: AbortSignal): Promise<Json | undefined> {
		// The whole channel's members, not a thread's, which has none of its own.
		const conversation = `conversations/${encodeURIComponent(place.channelId)}`;
		const call = { operation: 'member', method: 'GET' } as const;
		if (!anonymous)
			return await connector.call(place, { ...call, path: `${conversation}/members/${encodeURIComponent(accountId)}` }, signal);
		// The Agents Playground finds people by its own ids only.
		const { members } = await connector.call(place, { ...call, path: `${conversation}/pagedmembers?pageSize=${pageSize}` }, signal);
		return asObjects(members).find(({ aadObjectId, objectId }) => aadObjectId === accountId || objectId === accountId);
	}

	return async (place, accountId, signal) => {
		try {
			const member = await ask(place, accountId, signal);
			if (member === undefined) return null;
			return { id: textOf(member['id'], accountId), profile: toProfile(member, { tenantId: place.tenantId, accountId }) };
		} catch (thrown) {
			if (thrown instanceof BotError && goneReasons.has(thrown.reason ?? '')) return null;
			throw thrown;
		}
	};
}

export function createLookups(findMember: FindMember): Pick<ChatPlatform, 'fetchProfile' | 'readThread' | 'findOwnMessages'> {
	return {
		async fetchProfile(actor, place, signal) {
			return (await findMember(place, actor.accountId, signal))?.profile ?? gone(actor);
		},
		readThread: async () => [],
		findOwnMessages: async () => [],
	};
}

/** Left the team, the chat or the company, or the account was closed: Teams does not say which, and none of them is let in. */
function gone(actor: Actor): Profile {
	const unknown = { displayName: actor.accountId, locale: null, isBot: false, isGuest: false, isExternal: false };
	return { ...actor, ...unknown, isDeactivated: true };
}

/** Nobody is let in on missing data: without a tenant it is somebody else's. */
function toProfile(member: Json, actor: Actor): Profile {
	const tenantId = textOf(member['tenantId']);
	const isGuest = guestRoles.has(textOf(member['userRole']).toLowerCase()) || textOf(member['userPrincipalName']).includes('#EXT#');
	return {
		accountId: actor.accountId,
		tenantId: tenantId === '' ? actor.tenantId : tenantId,
		displayName: textOf(member['name'], actor.accountId),
		locale: null,
		isBot: false,
		isGuest,
		isExternal: tenantId !== actor.tenantId,
		isDeactivated: false,
	};
}
