/** A migrated database whose every connection works as `ccb_app`: what the two kinds of server have in common. */

import type { Pool } from 'pg';
import { BotError } from '../errors.ts';
import { type ProofKey, prove } from './proof.ts';

export interface Store {
	pool: Pool;
	databaseName: string;
	proofKey: ProofKey;
	/** Waits for the connections in use, then frees what the store holds. */
	close(): Promise<void>;
}

/** What makes a new connection the program's own, whatever it began as: outside of transactions in somebody's name it acts for nobody. */
export function lowering(key: ProofKey): string {
	return `set role ccb_app; set ccb.user_id = ''; set ccb.proof = '${prove(key, 'ccb_app', '')}'`;
}

/** @throws BotError `CONFIG_INVALID` when the session could still do more than `ccb_app` may: then policies would not hold. */
export async function requireLowered(pool: Pool): Promise<void> {
	const { rows } = await pool.query<{ isLowered: boolean }>(
		`select current_user = 'ccb_app' and not (rolsuper or rolbypassrls) and not has_any_column_privilege('messages', 'select')
			and not has_any_column_privilege('users', 'select') and not has_table_privilege('ccb_private.proof_key', 'select') as "isLowered"
		from pg_roles where rolname = current_user`,
	);
	if (!rows[0]?.isLowered) throw new BotError('CONFIG_INVALID', 'the database session cannot be lowered to the role ccb_app');
}
