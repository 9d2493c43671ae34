/** Who people are, which of their accounts belong together, and who may read a place, put together. */

import { createIdentities, type Identities, type IdentityDependencies } from './identity.ts';
import { createLinks, type LinkDependencies, type Links } from './links.ts';
import { createMemberships, type MembershipDependencies, type Memberships } from './memberships.ts';
import { createToldAccounts } from './told-accounts.ts';
import { createWebAccounts, type WebAccounts, type WebTenants } from './web-accounts.ts';

export interface IdentityRoom {
	identities: Identities;
	links: Links;
	memberships: Memberships;
	webAccounts: WebAccounts;
}

export interface IdentityRoomDependencies
	extends Omit<IdentityDependencies, 'rulesOf'>,
		LinkDependencies,
		Omit<MembershipDependencies, 'told'> {
	webTenants: WebTenants;
}

export function createIdentity({ webTenants, ...deps }: IdentityRoomDependencies): IdentityRoom {
	const told = createToldAccounts(deps.database);
	const webAccounts = createWebAccounts(deps.database, webTenants);
	const identities = createIdentities({ ...deps, rulesOf: webAccounts.rulesOf });
	return { identities, links: createLinks(deps), memberships: createMemberships({ ...deps, told }), webAccounts };
}
