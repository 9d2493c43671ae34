/** What the bot asks Teams: who somebody is. What was said, it cannot ask. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Connector } from './connector-client.ts';
import { asObjects, type Json, textOf } from './json.ts';

/** A member of the conversation; null for whoever is not in it. */
export type FindMember = (place: Place, actor: Actor, signal: AbortSignal) => Promise<{ id: string; profile: Profile } | null>;

/** "Get member details": the roles of people from outside; of guests the name says it too. */
const guestRoles: ReadonlySet<string> = new Set(['guest', 'anonymous']);
/** What the connector says of somebody who is not in the conversation. */
const goneReasons: ReadonlySet<string> = new Set(['MemberNotFoundInConversation', 'NotFound', 'http-404']);
/** "Get paged members": the most that one page holds. */
const pageSize = 500;

/** @param homeTenantId The tenant that is served; null in anonymous mode. */
export function createFindMember(connector: Connector, homeTenantId: string | null): FindMember {
	async function ask(place: Place, accountId: string, signal: AbortSignal): Promise<Json | undefined> {
		// The whole channel's members, not a thread's, which has none of its own.
		const conversation = `conversations/${encodeURIComponent(place.channelId)}`;
		const call = { operation: 'member', method: 'GET' } as const;
		if (homeTenantId !== null)
			return await connector.call(place, { ...call, path: `${conversation}/members/${encodeURIComponent(accountId)}` }, signal);
		// The Agents Playground finds people by its own ids only.
		const { members } = await connector.call(place, { ...call, path: `${conversation}/pagedmembers?pageSize=${pageSize}` }, signal);
		return asObjects(members).find(({ aadObjectId, objectId }) => aadObjectId === accountId || objectId === accountId);
	}

	return async (place, actor, signal) => {
		try {
			const member = await ask(place, actor.accountId, signal);
			if (member === undefined) return null;
			const profile = toProfile(member, actor, homeTenantId ?? actor.tenantId);
			return { id: textOf(member['id'], actor.accountId), profile };
		} catch (thrown) {
			if (thrown instanceof BotError && goneReasons.has(thrown.reason ?? '')) return null;
			throw thrown;
		}
	};
}

export function createLookups(
	findMember: FindMember,
	homeTenantId: string | null,
): Pick<ChatPlatform, 'fetchProfile' | 'readThread' | 'findOwnMessages'> {
	return {
		async fetchProfile(actor, place, signal) {
			return (await findMember(place, actor, signal))?.profile ?? absent(actor, homeTenantId ?? actor.tenantId);
		},
		readThread: async () => [],
		findOwnMessages: async () => [],
	};
}

/**
 * Left the team, the chat or the company, or the account was closed: Teams does not say which, and none of them is let in. Of another
 * company's people it may tell nothing at all.
 */
function absent(actor: Actor, homeTenantId: string): Profile {
	const isExternal = actor.tenantId !== homeTenantId;
	const unknown = { displayName: actor.accountId, locale: null, isBot: false, isGuest: false };
	return { ...actor, ...unknown, isExternal, isDeactivated: !isExternal };
}

/** Nobody is let in on missing data: without a tenant it is somebody else's. */
function toProfile(member: Json, actor: Actor, homeTenantId: string): Profile {
	const tenantId = textOf(member['tenantId']);
	const isGuest = guestRoles.has(textOf(member['userRole']).toLowerCase()) || textOf(member['userPrincipalName']).includes('#EXT#');
	const isExternal = tenantId !== homeTenantId || actor.tenantId !== homeTenantId;
	const email = isGuest || isExternal ? '' : emailOf(member);
	return {
		accountId: actor.accountId,
		tenantId: tenantId === '' ? actor.tenantId : tenantId,
		displayName: textOf(member['name'], actor.accountId),
		locale: null,
		isBot: false,
		isGuest,
		isExternal,
		isDeactivated: false,
		...(email === '' ? {} : { email }),
	};
}

/**
 * A user principal name ends in a domain that the tenant has proved to be its own; the address is whatever the directory holds, and counts
 * where it ends in that same domain.
 */
function emailOf(member: Json): string {
	const [name, address] = [textOf(member['userPrincipalName']), textOf(member['email'])];
	return domainOf(address) === domainOf(name) ? address : name;
}

function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
