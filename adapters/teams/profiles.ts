/** What Teams tells of a member, in the core's words. Pure. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import { type Json, textOf } from './json.ts';

/** "Get member details": the roles of people from outside; of guests the name says it too. */
const guestRoles: ReadonlySet<string> = new Set(['guest', 'anonymous']);

/**
 * Left the team, the chat or the company, or the account was closed: Teams does not say which, and none of them is let in. Of another
 * company's people it may tell nothing at all.
 */
export function absent(actor: Actor, homeTenantId: string): Profile {
	const isExternal = actor.tenantId !== homeTenantId;
	const unknown = { displayName: actor.accountId, locale: null, isBot: false, isGuest: false };
	return { ...actor, ...unknown, isExternal, isDeactivated: !isExternal };
}

/** Nobody is let in on missing data: without a tenant it is somebody else's. */
export function toProfile(member: Json, actor: Actor, homeTenantId: string): Profile {
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
