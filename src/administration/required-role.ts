/** The role that an administrator means, or a refusal that says which there are. */

import { Role } from '../database/entities/role.ts';
import type { UserRole } from '../database/roles.ts';
import { shownRole } from '../database/roles.ts';
import { type AdminContext, CommandRefusal } from './admin-context.ts';
import { readRoleName } from './role-names.ts';

/** As roles are listed. */
export const ranked = { orderBy: { rank: 'asc', name: 'asc' } } as const;

/** The role of that name. @throws CommandRefusal for what is no name, and for a role that there is not. */
export async function requireRole({ transaction, words }: AdminContext, typed: string): Promise<UserRole> {
	const name = requireRoleName(words, typed);
	const roles = await transaction.em.find(Role, {}, ranked);
	if (roles.some((role) => role.name === name)) return name;
	const known = roles.map((role) => shownRole(role.name)).join(', ');
	throw new CommandRefusal('unknown-role', words.refused.unknownRole(shownRole(name), known));
}

/** @throws CommandRefusal for what no role can be called. */
export function requireRoleName(words: AdminContext['words'], typed: string): UserRole {
	const name = readRoleName(typed);
	if (name === null) throw new CommandRefusal('role-name', words.refused.roleName);
	return name;
}
