/** The role that an administrator means, or a refusal that says which there are. */

import type { UserRole } from '../database/roles.ts';
import { readRoleName, shownRole } from './role-names.ts';
import { Refusal, type Scene } from './admin-context.ts';

/** The role of that name. @throws Refusal for what is no name, and for a role that there is not. */
export async function requireRole({ transaction, words }: Scene, typed: string): Promise<UserRole> {
	const name = requireRoleName(words, typed);
	const rows = await transaction.query<{ name: UserRole }>('select name from roles order by rank, name');
	if (rows.some((row) => row.name === name)) return name;
	const known = rows.map((row) => shownRole(row.name)).join(', ');
	throw new Refusal('unknown-role', words.refused.unknownRole(shownRole(name), known));
}

/** @throws Refusal for what no role can be called. */
export function requireRoleName(words: Scene['words'], typed: string): UserRole {
	const name = readRoleName(typed);
	if (name === null) throw new Refusal('role-name', words.refused.roleName);
	return name;
}
