/** MariaDB, and MySQL by its documentation: a transaction that reads. */

import type { Connection } from 'mysql2';
import type { ConnectorEngine } from '../engine.ts';
import type { ServerAddress } from '../server-address.ts';
import { createServerEngine, type ServerDriver } from '../server-engine.ts';
import { beginMariadbReading, type MariadbKind } from './begin-reading.ts';
import { openConnection, queryMariadb } from './connection.ts';
import { mariadbFault } from './fault.ts';
import { readMariadbSchema } from './live-schema.ts';
import { findMariadbPowers } from './login-powers.ts';
import { explainMariadb, runMariadb } from './statements.ts';

export interface MariadbSettings {
	kind: MariadbKind;
	/** Asked for each connection. */
	address: () => Promise<ServerAddress>;
	/** Names of views that the catalogue knows. */
	views: readonly string[];
	timeZone: string;
}

export function createMariadbEngine({ kind, address, views, timeZone }: MariadbSettings): ConnectorEngine {
	const driver: ServerDriver<Connection> = {
		open: openConnection,
		close: async (connection) => connection.destroy(),
		drop: (connection) => connection.destroy(),
		fault: mariadbFault,
		async begin(connection, question) {
			const number = await beginMariadbReading(connection, question, { kind, timeZone });
			return (onAnother) => onAnother((other) => queryMariadb(other, `kill query ${number}`));
		},
		explain: (connection, sql) => explainMariadb(connection, sql, kind),
		run: (connection, { sql }, limits, endOnServer) => runMariadb(connection, sql, limits, endOnServer),
		readSchema: readMariadbSchema,
		findPowers: (connection) => findMariadbPowers(connection, views),
	};
	return createServerEngine(address, driver);
}
