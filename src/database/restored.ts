/** What a restored copy of a database can have lost: mended where the login may, and told where somebody else has to help. */

import { type ClientBase, escapeIdentifier } from 'pg';
import { BotError } from '../errors.ts';
import type { Logger } from '../log.ts';

const findKeyOwner = `
select pg_get_userbyid(relowner)::text as "owner" from pg_class as key join pg_namespace as space on space.oid = relnamespace
where nspname = 'ccb_private' and relname = 'proof_key'`;

/** Null where the key belongs to whom it should, and where there is none yet. Reads, and changes nothing. Throws the driver's own errors. */
export async function wrongKeyOwner(connection: Pick<ClientBase, 'query'>): Promise<string | null> {
	const { rows } = await connection.query<{ owner: string }>(findKeyOwner);
	const owner = rows[0]?.owner ?? 'ccb_keeper';
	return owner === 'ccb_keeper' ? null : owner;
}

/**
 * A copy that was restored without its owners: the key would be another login's to read, and functions would run with the rights of whoever restored it.
 * @throws BotError `CONFIG_INVALID`
 */
export async function requireKeptOwners(connection: Pick<ClientBase, 'query'>): Promise<void> {
	const owner = await wrongKeyOwner(connection);
	if (owner !== null) throw new BotError('CONFIG_INVALID', lostOwnersText(owner), { reason: 'restored' });
}

export function lostOwnersText(owner: string): string {
	return `the database was restored without its owners (its key belongs to ${owner}): run \`npm run migrate -- --roles\`, then restore it again as a superuser and with them, not with --no-owner`;
}

const findTemporary = `
select datname as "databaseName", pg_has_role(session_user, datdba, 'USAGE') as "isOurs"
from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) as given
where datname = current_database() and given.grantee = 0 and given.privilege_type = 'TEMPORARY'`;

/** What the first migration took from everybody is no part of a dump: a table of that kind could stand in for one of ours. Throws the driver's own errors. */
export async function forbidTemporaryTables(connection: Pick<ClientBase, 'query'>, logger: Logger): Promise<void> {
	const { rows } = await connection.query<{ databaseName: string; isOurs: boolean }>(findTemporary);
	const [found] = rows;
	if (found === undefined) return;
	const statement = `revoke temporary on database ${escapeIdentifier(found.databaseName)} from public`;
	if (found.isOurs) await connection.query(statement);
	else logger.warn({ statement }, 'everybody may make temporary tables in the database: whoever owns it runs the statement');
}
