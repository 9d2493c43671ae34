/** A connection of a test's own that opens transactions as the program does, but under any isolation level. */

import { Client } from 'pg';
import { createMigrationPool } from '#src/database/pools.ts';
import { readSigningKey, type SigningKey, sign } from '#src/database/signature.ts';
import type { TestDatabase } from '#test/fakes/database.ts';

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';
export const isolationLevels: readonly IsolationLevel[] = ['read committed', 'repeatable read', 'serializable'];

export interface SignedClient extends AsyncDisposable {
	client: Client;
	/** Opens a transaction in somebody's name, and has the database take its snapshot where it takes only one. */
	begin(level: IsolationLevel, role: string, userId: string): Promise<void>;
}

export async function keyOf({ settings }: TestDatabase): Promise<SigningKey> {
	const pool = createMigrationPool(settings.url ?? '', settings.logger);
	try {
		return await readSigningKey(pool);
	} finally {
		await pool.end();
	}
}

export async function openSignedClient({ settings }: TestDatabase, key: SigningKey): Promise<SignedClient> {
	const client = new Client({ connectionString: settings.url ?? '' });
	await client.connect();
	return {
		client,
		async begin(level, role, userId) {
			await client.query(`begin isolation level ${level}; set local role ${role}`);
			const { rows } = await client.query('select pg_backend_pid() as "processId", extract(epoch from now()) as "beganAt"');
			await client.query('call ccb_open($1, $2, $3)', [userId, sign(key, { role, userId, ...rows[0] }), '']);
			await client.query('select count(*) from users');
		},
		[Symbol.asyncDispose]: () => client.end(),
	};
}
