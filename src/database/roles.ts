/** The roles that a user can have. Each is a role of the database too, and row-level security decides by it. */

export const userRoles = ['ccb_guest', 'ccb_employee', 'ccb_admin'] as const;
export type UserRole = (typeof userRoles)[number];
