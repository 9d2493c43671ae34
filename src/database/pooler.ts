/** A connection pooler such as PgBouncer between the program and the server: whether there is one, and whether it leaves sessions alone. */

import type { ClientBase, QueryResult } from 'pg';
import { BotError } from '../errors.ts';
import { toStoreError } from './store-error.ts';

/** A free session is given to whoever asks first; with others on the same pooler it may take a few tries until that is seen. */
const tries = 5;
/** A pooler without a free session lets clients wait, by default for two minutes. */
const answerWithinMs = 2_000;
/** SQLSTATE `protocol_violation`: what PgBouncer says to a transaction when it lends for a statement, but also while it cannot reach the server. */
const PROTOCOL_VIOLATION = '08P01';

/**
 * The server tells each client the number of its session's process, and can be asked for it. A pooler, which lends sessions, tells numbers of its own.
 * It lends them for a transaction when another client gets the session of one that has not gone.
 * @param openAnother Gives a second connection to the same address; both stay the caller's.
 * @returns whether there is a pooler.
 * @throws BotError `CONFIG_INVALID` with the reason `pooler` when it lends sessions for less than the life of a connection; as `toStoreError` says.
 */
export async function findPooler(client: ClientBase, openAnother: () => Promise<ClientBase>): Promise<boolean> {
	try {
		if ((await sessionOf(client)) === toldSessionOf(client)) return false;
		const other = await openAnother();
		await sessionOf(other);
		for (let count = 0; count < tries; count++) {
			const own = await sessionOf(client);
			await begin(other);
			const borrowed = await sessionOf(other);
			await send(other, 'commit');
			if (borrowed === own) throw lent();
		}
		return true;
	} catch (error) {
		throw toStoreError(error);
	}
}

/** On a connection that has worked. */
async function begin(client: ClientBase): Promise<void> {
	try {
		await send(client, 'begin');
	} catch (error) {
		throw toStoreError(error).reason === `SQLSTATE ${PROTOCOL_VIOLATION}` ? lent() : error;
	}
}

/** What the program keeps on a session would be other clients', and theirs the program's. */
function lent(): BotError {
	const message =
		'DATABASE_URL leads to a connection pooler that lends sessions for a transaction, and the program needs whole ones: let the pooler work in session mode (PgBouncer: pool_mode = session), or leave it out';
	return new BotError('CONFIG_INVALID', message, { reason: 'pooler' });
}

async function sessionOf(client: ClientBase): Promise<number> {
	const { rows } = await send(client, 'select pg_backend_pid() as "processId"');
	return rows[0]?.processId;
}

/** The driver's types do not know it. */
function toldSessionOf(client: ClientBase): unknown {
	return Reflect.get(client, 'processID');
}

function send(client: ClientBase, text: string): Promise<QueryResult> {
	const query = { text, query_timeout: answerWithinMs };
	return client.query(query);
}
