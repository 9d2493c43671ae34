/** Which role somebody has at present, from all that is known of them. Pure. */

import type { UserRole } from '../database/roles.ts';
import type { LimitValues } from '../limits/limit-values.ts';
import type { Person } from './person.ts';

export interface RoleFacts {
	/** By name: how high each role stands, and what it may use. */
	roles: Readonly<Record<string, { rank: number; limits: LimitValues }>>;
	/** What an administrator gave this person, or null. */
	granted: UserRole | null;
	/** What groups of this tenant stand for. */
	mappings: readonly { groupId: string; role: UserRole }[];
	/** What an administrator lets this account, guests, or people of that tenant in as; null for nothing. */
	admitted: { account: UserRole | null; guests: UserRole | null; strangers: UserRole | null };
	/** What they have whose groups stand for nothing; what everybody has, when not given. */
	ungrouped?: UserRole;
	/** False: an administrator's rights are not theirs with this account, whoever gave them. */
	mayAdminister?: boolean;
}

/** What holds for an account that no chat platform knows, in the place of what such a platform says. */
export interface AccountRules {
	groups: readonly string[];
	/** In the place of those that administrators made; null for those. Whose groups stand for nothing then has no access. */
	mappings: RoleFacts['mappings'] | null;
	mayAdminister: boolean;
}

export interface AccountFacts {
	isGuest: boolean;
	isExternal: boolean;
	isDeactivated: boolean;
	/** Null when the platform did not tell. */
	groups: readonly string[] | null;
}

/** What everybody of the company has when nothing else is said. */
const usualRole: UserRole = 'ccb_employee';
const lowestRole: UserRole = 'ccb_guest';
const adminRole: UserRole = 'ccb_admin';

export function chooseRole(facts: RoleFacts, account: AccountFacts): Pick<Person, 'role' | 'standing'> {
	if (account.isDeactivated) return { role: lowestRole, standing: 'deactivated' };
	const role =
		account.isGuest || account.isExternal ? admittedRole(facts, account) : (facts.granted ?? roleOfGroups(facts, account.groups));
	// A role that was dropped, or that the database never had, gives nothing.
	const known = role !== null && role in facts.roles ? role : lowestRole;
	if (known === adminRole && facts.mayAdminister === false) return { role: usualRole, standing: 'member' };
	return { role: known, standing: known === lowestRole ? 'guest' : 'member' };
}

/** With what holds for the account itself; as they are where nothing does. */
export function ruledBy(facts: RoleFacts, rules: AccountRules | null): RoleFacts {
	if (rules === null) return facts;
	const { mappings, mayAdminister } = rules;
	return { ...facts, mayAdminister, ...(mappings === null ? {} : { mappings, ungrouped: lowestRole }) };
}

/** People from outside have what they were admitted as, whatever they were granted before they became guests. */
function admittedRole({ admitted }: RoleFacts, { isExternal }: AccountFacts): UserRole | null {
	return admitted.account ?? (isExternal ? admitted.strangers : admitted.guests);
}

/** The highest role that a group stands for. Without word of the groups, the lowest that anybody here could have. */
function roleOfGroups({ roles, mappings, ungrouped = usualRole }: RoleFacts, groups: readonly string[] | null): UserRole {
	const rank = (role: UserRole) => roles[role]?.rank ?? 0;
	if (groups === null) return mappings.reduce((lowest, { role }) => (rank(role) < rank(lowest) ? role : lowest), usualRole);
	const own = mappings.filter(({ groupId, role }) => groups.includes(groupId) && role in roles).map(({ role }) => role);
	const [first, ...others] = own;
	return first === undefined ? ungrouped : others.reduce((highest, role) => (rank(role) > rank(highest) ? role : highest), first);
}
