/** Roles that admins made are rows here and roles of the whole cluster there: a restored copy, or a neighbour's order, can part them. */

import { toBotError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';
import { nobodyId } from './transaction.ts';

const remakeMissing = `
select ccb_create_role(name) from roles
where name not in ('ccb_guest', 'ccb_employee', 'ccb_admin')
	and not exists (select from pg_roles where rolname = name and pg_has_role('ccb_app', oid, 'MEMBER') and pg_has_role(oid, 'ccb_employee', 'USAGE'))`;

/** Makes the missing ones again. Where that is not possible nobody can act under them; it is logged and nothing else fails. */
export async function remakeRoles(database: Pick<Database, 'asUser'>, logger: Logger): Promise<void> {
	try {
		await database.asUser({ userId: nobodyId, role: 'ccb_admin' }, ({ query }) => query(remakeMissing));
	} catch (error) {
		logger.warn(
			{ reason: toBotError(error).reason },
			'a role that an admin made is missing in the database server and cannot be made again',
		);
	}
}
