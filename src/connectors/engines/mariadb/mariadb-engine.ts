/** MariaDB: each question gets a connection of its own, and a transaction that reads. */

import type { Connection } from 'mysql2';
import { type ConnectorEngine, cancelLimitMs } from '../engine.ts';
import type { ServerAddress } from '../server-address.ts';
import { beginMariadbReading } from './begin-reading.ts';
import { openConnection, queryMariadb } from './connection.ts';
import { mariadbFault } from './fault.ts';
import { readMariadbSchema } from './live-schema.ts';
import { findMariadbPowers } from './login-powers.ts';
import { createMariadbSession } from './session.ts';

export interface MariadbSettings {
	/** Asked for each connection. */
	address: () => Promise<ServerAddress>;
	/** Names of views that the catalogue knows. */
	views: readonly string[];
	timeZone: string;
}

export function createMariadbEngine({ address, views, timeZone }: MariadbSettings): ConnectorEngine {
	async function withConnection<T>(signal: AbortSignal, use: (connection: Connection) => Promise<T>): Promise<T> {
		const connection = await openConnection(await address(), signal);
		try {
			return await use(connection);
		} catch (error) {
			throw mariadbFault(error);
		} finally {
			connection.destroy();
		}
	}

	return {
		async connect(question) {
			const own = await address();
			const connection = await openConnection(own, question.signal);
			try {
				const number = await beginMariadbReading(connection, question, timeZone);
				return createMariadbSession(connection, question, () => killQuery(own, number));
			} catch (error) {
				connection.destroy();
				throw mariadbFault(error);
			}
		},
		readSchema: (signal) => withConnection(signal, readMariadbSchema),
		findPowers: (signal) => withConnection(signal, (connection) => findMariadbPowers(connection, views)),
	};
}

/** A login may end what it does itself on another connection, without any further right. */
async function killQuery(address: ServerAddress, number: number): Promise<void> {
	try {
		const connection = await openConnection(address, AbortSignal.timeout(cancelLimitMs));
		await queryMariadb(connection, `kill query ${number}`).finally(() => connection.destroy());
	} catch {
		// No second connection is to be had: the first is dropped, and the server ends the statement at its limit of time.
	}
}
