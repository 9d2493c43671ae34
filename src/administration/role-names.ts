/** Roles as people write them: without the prefix that keeps them apart from other roles of the database. Pure. */

import { builtInRoles, isUserRole, rolePrefix, type UserRole } from '../database/roles.ts';

/** `admin`, `Admin` and `ccb_admin` are the same role. Null for what is no name of a role, and for the program's own names. */
export function readRoleName(typed: string): UserRole | null {
	// Letters beyond ASCII stay what they are: some become ASCII when made small, such as the sign for kelvin.
	const small = typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	const name = small.startsWith(rolePrefix) ? small : rolePrefix + small;
	return isUserRole(name) ? name : null;
}

export function isBuiltIn(role: UserRole): boolean {
	return (builtInRoles as readonly string[]).includes(role);
}
