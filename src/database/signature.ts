/** Signs in whose name a transaction is opened, so that no statement inside it can change that. */

import { createHash, hkdfSync } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';

/** Shared by all processes on one database, and known to nobody else. */
export type SigningKey = Buffer;

/** In whose name a transaction acts, and which one it is: a proof of these holds in no other. */
export interface SignedAs {
	role: string;
	/** Empty for who acts for nobody in particular. */
	userId: string;
	/** The process of the session, on the server. */
	processId: number;
	/** When the transaction began, by the server's clock and in its words: seconds since 1970, with six decimals. */
	beganAt: string;
}

/** As the database checks it, see the migration `0011-transaction-proof`. */
export function sign(key: SigningKey, { role, userId, processId, beganAt }: SignedAs): string {
	return createHash('sha384').update(key).update(`${role} ${userId} ${processId} ${beganAt}`).digest('hex');
}

/** For something else than signing. @param purpose tells its keys from all others. */
export function keyFor(key: SigningKey, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, '', `openccb ${purpose}`, 32));
}

/** Joins the key's owner for the time of a transaction. A membership that somebody with more rights prepared is left alone. */
const openKey = `
do $$
begin
	set local role ccb_keeper;
exception when insufficient_privilege then
	execute format('grant ccb_keeper to %I', current_user);
	set local ccb.joined = 'yes';
	set local role ccb_keeper;
end
$$`;
const readKey = `select encode(key, 'hex') as "key" from ccb_private.proof_key`;
const closeKey = `
reset role;
do $$
begin
	if current_setting('ccb.joined', true) = 'yes' then
		execute format('revoke ccb_keeper from %I', current_user);
	end if;
end
$$`;

/** With the rights of the login. Throws the driver's own errors. */
export async function readSigningKey(pool: Pool): Promise<SigningKey> {
	const client = await pool.connect();
	try {
		await client.query('begin');
		await client.query(openKey);
		const { rows } = await client.query<{ key: string }>(readKey);
		await client.query(`${closeKey};commit`);
		return Buffer.from(rows[0]?.key ?? '', 'hex');
	} catch (error) {
		await client.query('rollback').catch(() => {});
		throw error;
	} finally {
		client.release();
	}
}

/** For the rest of an open transaction of the login: what belongs to the key's owner can be done under its name. Throws the driver's own errors. */
export async function joinKeeper(connection: Pick<ClientBase, 'query'>): Promise<void> {
	await connection.query(`${openKey}; reset role`);
}

/** Before the transaction ends. Throws the driver's own errors. */
export async function leaveKeeper(connection: Pick<ClientBase, 'query'>): Promise<void> {
	await connection.query(closeKey);
}

/** Where the rows of another database have come: what was signed and derived there goes on being valid. Between the two above. */
export async function replaceSigningKey(connection: Pick<ClientBase, 'query'>, key: SigningKey): Promise<void> {
	await connection.query('set local role ccb_keeper');
	await connection.query("update ccb_private.proof_key set key = decode($1, 'hex')", [key.toString('hex')]);
	await connection.query('reset role');
}
