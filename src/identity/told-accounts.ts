/** Of whom a platform told something lately, whichever process heard it: written down by `identity-store.ts`. */

import type { Database } from '../database/database.ts';
import { type Account, identityIdOf } from './account.ts';

/**
 * How long ago the platform last told something of these accounts, by their ids on it; of those of which it told nothing lately, nothing.
 * @throws BotError as `Database.queryAsRegistrar`.
 */
export type ToldAccounts = (accounts: readonly Account[]) => Promise<ReadonlyMap<string, number>>;

/** What was told of accounts that were never met is kept for so long, and no directory's answer counts for longer. */
const lately = '20 minutes';

const findTold = `
select id, (extract(epoch from now() - told_at) * 1000)::float8 as "agoMs"
from (select id, told_at from identities union all select identity_id, told_at from unmet_accounts) as told
where id = any($1) and told_at > now() - interval '${lately}'`;

export function createToldAccounts(database: Pick<Database, 'queryAsRegistrar'>): ToldAccounts {
	return async (accounts) => {
		const accountIds = new Map(accounts.map((account) => [identityIdOf(account), account.accountId]));
		const rows = await database.queryAsRegistrar<{ id: string; agoMs: number }>(findTold, [[...accountIds.keys()]]);
		return new Map(rows.map(({ id, agoMs }) => [accountIds.get(id) ?? '', agoMs]));
	};
}
