/** The roles that a user can have. Each is a role of the database too, and row-level security decides by it. */

/** `ccb_guest` may do nothing, `ccb_employee` talks to the bot, `ccb_admin` administrates; those that admins create may what employees may. */
export const builtInRoles = ['ccb_guest', 'ccb_employee', 'ccb_admin'] as const;
export type UserRole = `ccb_${string}`;

/** What keeps them apart from other roles of the database. */
export const rolePrefix = 'ccb_';

/** The database's own names for the program, which no user may have. */
const programRoles: readonly string[] = ['ccb_app', 'ccb_registrar', 'ccb_keeper', 'ccb_librarian'];

/** A plain name: with the prefix it fits into the 63 bytes of a name in Postgres, and needs no quotes. */
const roleName = /^ccb_[a-z][a-z0-9_]{0,58}$/;

/** Whether it has the form of a user's role; whether there is such a role, only the database knows. */
export function isUserRole(name: string): name is UserRole {
	return roleName.test(name) && !programRoles.includes(name);
}

/** As people write it, and files. */
export function shownRole(role: string): string {
	return role.startsWith(rolePrefix) ? role.slice(rolePrefix.length) : role;
}
