/** Who people are, which of their accounts belong together, and who may read a place, put together. */

import { createIdentities, type Identities, type IdentityDependencies } from './identity.ts';
import { createLinks, type LinkDependencies, type Links } from './links.ts';
import { createMemberships, type MembershipDependencies, type Memberships } from './memberships.ts';
import { createToldAccounts } from './told-accounts.ts';

export interface IdentityRoom {
	identities: Identities;
	links: Links;
	memberships: Memberships;
}

export function createIdentity(deps: IdentityDependencies & LinkDependencies & Omit<MembershipDependencies, 'told'>): IdentityRoom {
	const told = createToldAccounts(deps.database);
	return { identities: createIdentities(deps), links: createLinks(deps), memberships: createMemberships({ ...deps, told }) };
}
