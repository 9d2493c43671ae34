/** SQL Server: a transaction that is always rolled back. */

import type { ConnectorEngine } from '../engine.ts';
import type { ServerAddress } from '../server-address.ts';
import { createServerEngine, type ServerDriver } from '../server-engine.ts';
import { beginSqlServerReading } from './begin-reading.ts';
import { openSqlServerConnection, type SqlServerConnection } from './connection.ts';
import { sqlServerFault } from './fault.ts';
import { readSqlServerSchema } from './live-schema.ts';
import { findSqlServerPowers } from './login-powers.ts';
import { explainSqlServer, runSqlServer } from './statements.ts';

export interface SqlServerSettings {
	/** Asked for each connection. */
	address: () => Promise<ServerAddress>;
	schema: string;
	/** Names of views that the catalogue knows. */
	views: readonly string[];
	/** In which moments are shown. */
	timeZone: string;
	/** The key of the session's context that row policies read; null where there are none. */
	identitySetting: string | null;
}

export function createSqlServerEngine({ address, schema, views, timeZone, identitySetting }: SqlServerSettings): ConnectorEngine {
	const driver: ServerDriver<SqlServerConnection> = {
		open: (at, signal) => openSqlServerConnection(at, signal, timeZone),
		close: (connection) => connection.end(),
		drop: (connection) => connection.drop(),
		fault: sqlServerFault,
		async begin(connection, question) {
			await beginSqlServerReading(connection, question, identitySetting);
			// It is told on the connection that it works for.
			return async () => connection.cancel();
		},
		explain: explainSqlServer,
		run: runSqlServer,
		readSchema: (connection) => readSqlServerSchema(connection, schema),
		findPowers: (connection) => findSqlServerPowers(connection, schema, views),
	};
	return createServerEngine(address, driver);
}
