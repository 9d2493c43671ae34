/** A migrated database whose every connection works as `ccb_app`: what the two kinds of server have in common. */

import type { Pool } from 'pg';
import { BotError } from '../errors.ts';
import type { Connections } from './connections.ts';
import type { SigningKey } from './signature.ts';

export interface Store {
	/** For everybody but the migrations. */
	connections: Connections;
	/** Statements that leave nothing of what was done on a connection, sent as one message after each use. */
	cleaning: string;
	databaseName: string;
	signingKey: SigningKey;
	/** Whether vectors can be kept and searched: pgvector is there. */
	keepsVectors: boolean;
	/** As of `Database.maintain`; throws the driver's own errors. */
	maintain: ((sql: string, signal: AbortSignal) => Promise<void>) | null;
	/** As of `Database.copyFiles`; throws what the disk says. */
	copyFiles: ((folder: string) => Promise<void>) | null;
	/** Waits for the connections in use, then frees what the store holds. */
	close(): Promise<void>;
}

/**
 * What makes a new connection the program's own, whatever it began as: without a proof, so outside of transactions it acts for nobody.
 * Whoever gets a statement in could undo a superuser's SET ROLE, and would be a superuser; so such a session is another login's.
 */
export function dropPrivileges({ isSuperuser }: { isSuperuser: boolean }): string {
	return isSuperuser ? 'set session authorization ccb_app; set role ccb_app' : 'set role ccb_app';
}

/**
 * Takes all that a session can keep, as `DISCARD ALL` would, which no message with another statement may contain; but for the plans of
 * functions, which hold nothing of anybody and are dear to make again. What `prepare` did to a new connection must be done again behind it.
 */
export const leftovers = 'close all; deallocate all; unlisten *; reset all; discard temp; discard sequences; call public.ccb_unlock()';

/** @throws BotError `CONFIG_INVALID` when the session could still do more than `ccb_app` may: then policies would not hold. */
export async function requireDroppedPrivileges(pool: Pool): Promise<void> {
	const { rows } = await pool.query<{ isLowered: boolean }>(
		`select current_user = 'ccb_app' and not (rolsuper or rolbypassrls) and not has_any_column_privilege('messages', 'select')
			and not has_any_column_privilege('users', 'select') and not has_table_privilege('ccb_private.proof_key', 'select') as "isLowered"
		from pg_roles where rolname = current_user`,
	);
	if (!rows[0]?.isLowered) throw new BotError('CONFIG_INVALID', 'the database session cannot be lowered to the role ccb_app');
}
