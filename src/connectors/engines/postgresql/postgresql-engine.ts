/** PostgreSQL: a transaction that was made read-only before the question is sent. */

import type { Client } from 'pg';
import type { ConnectorEngine } from '../engine.ts';
import type { ServerAddress } from '../server-address.ts';
import { createServerEngine, type ServerDriver } from '../server-engine.ts';
import { beginPostgresqlReading, type ReadingSettings } from './begin-reading.ts';
import { dropClient, openClient, queryPostgresql } from './connection.ts';
import { postgresqlFault } from './fault.ts';
import { readPostgresqlSchema } from './live-schema.ts';
import { findPostgresqlPowers } from './login-powers.ts';
import { explainPostgresql, runPostgresql } from './statements.ts';

export interface PostgresqlSettings extends ReadingSettings {
	/** Asked for each connection. */
	address: () => Promise<ServerAddress>;
	/** Names of views that the catalogue knows. */
	views: readonly string[];
}

export function createPostgresqlEngine({ address, views, ...settings }: PostgresqlSettings): ConnectorEngine {
	const driver: ServerDriver<Client> = {
		open: openClient,
		// The transaction goes with the connection.
		close: (client) => client.end().catch(() => {}),
		drop: dropClient,
		fault: postgresqlFault,
		async begin(client, question) {
			const processId = await beginPostgresqlReading(client, question, settings);
			return (onAnother) => onAnother((other) => queryPostgresql(other, 'select pg_cancel_backend($1::int)', [processId]));
		},
		explain: explainPostgresql,
		run: (client, { sql }, limits) => runPostgresql(client, sql, limits),
		readSchema: (client) => readPostgresqlSchema(client, settings.schema),
		findPowers: (client) => findPostgresqlPowers(client, settings.schema, views),
	};
	return createServerEngine(address, driver);
}
