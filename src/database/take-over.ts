/** Tables that somebody else's login made, as a first start with the server's own account does: how they are noticed, and what a superuser runs. */

import { type ClientBase, escapeLiteral } from 'pg';
import { BotError } from '../errors.ts';

const findForeign = `
select from pg_class
where relnamespace = 'public'::regnamespace and relname = 'migrations' and not pg_has_role(session_user, relowner, 'USAGE')`;

/** The migrator does not see tables that it may not read, and would make them. @throws BotError `CONFIG_INVALID` when they are another login's. */
export async function requireOwnTables(connection: Pick<ClientBase, 'query'>): Promise<void> {
	const { rows } = await connection.query(findForeign);
	if (rows.length === 0) return;
	const message = 'the tables in the database belong to another login than that of DATABASE_URL; `npm run doctor` says what helps';
	throw new BotError('CONFIG_INVALID', message, { reason: 'owner' });
}

const schemas = `('public'::regnamespace, 'ccb_private'::regnamespace, 'ccb_jobs'::regnamespace)`;

/** What is the owner of the key's stays so, and what an extension brought is not ours. */
const isOurs = (owner: string, catalogue: string) => `${owner} <> 'ccb_keeper'::regrole
	and not exists (select from pg_depend where classid = '${catalogue}'::regclass and objid = thing.oid and deptype = 'e')`;

/**
 * One statement that makes the login the owner of the program's tables and functions, in the database that it is run in. `reassign owned` would
 * do, but for what belongs to the superuser that the server was made with.
 */
export function takeOverStatement(login: string): string {
	return `do $$ declare thing text; begin
for thing in
	select format('table %s', oid::regclass) from pg_class as thing
	where relnamespace in ${schemas} and relkind in ('r', 'p') and ${isOurs('relowner', 'pg_class')}
	union all
	select format('routine %s', oid::regprocedure) from pg_proc as thing
	where pronamespace in ${schemas} and ${isOurs('proowner', 'pg_proc')}
	union all
	select format('schema %s', oid::regnamespace) from pg_namespace as thing where nspname in ('ccb_jobs', 'ccb_knowledge')
loop execute format('alter %s owner to %I', thing, ${escapeLiteral(login)}); end loop;
end $$`.replaceAll(/\s+/g, ' ');
}
