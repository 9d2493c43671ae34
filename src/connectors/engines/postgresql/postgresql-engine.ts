/** PostgreSQL: each question gets a connection of its own, and a transaction that was made read-only before the question is sent. */

import type { Client } from 'pg';
import { type ConnectorEngine, cancelLimitMs } from '../engine.ts';
import type { ServerAddress } from '../server-address.ts';
import { beginPostgresqlReading, type ReadingSettings } from './begin-reading.ts';
import { openClient, queryPostgresql } from './connection.ts';
import { postgresqlFault } from './fault.ts';
import { readPostgresqlSchema } from './live-schema.ts';
import { findPostgresqlPowers } from './login-powers.ts';
import { createPostgresqlSession } from './session.ts';

export interface PostgresqlSettings extends ReadingSettings {
	/** Asked for each connection. */
	address: () => Promise<ServerAddress>;
	/** Names of views that the catalogue knows. */
	views: readonly string[];
}

export function createPostgresqlEngine(settings: PostgresqlSettings): ConnectorEngine {
	const { address, schema, views } = settings;

	async function withClient<T>(signal: AbortSignal, use: (client: Client) => Promise<T>): Promise<T> {
		const client = await openClient(await address(), signal);
		try {
			return await use(client);
		} catch (error) {
			throw postgresqlFault(error);
		} finally {
			await client.end().catch(() => {});
		}
	}

	return {
		async connect(question) {
			const own = await address();
			const client = await openClient(own, question.signal);
			try {
				const processId = await beginPostgresqlReading(client, question, settings);
				return createPostgresqlSession(client, question, () => cancelProcess(own, processId));
			} catch (error) {
				await client.end().catch(() => {});
				throw postgresqlFault(error);
			}
		},
		readSchema: (signal) => withClient(signal, (client) => readPostgresqlSchema(client, schema)),
		findPowers: (signal) => withClient(signal, (client) => findPostgresqlPowers(client, schema, views)),
	};
}

/** A login may end what it does itself on another connection, without any further right. */
async function cancelProcess(address: ServerAddress, processId: number): Promise<void> {
	try {
		const client = await openClient(address, AbortSignal.timeout(cancelLimitMs));
		await queryPostgresql(client, 'select pg_cancel_backend($1::int)', [processId]).finally(() => client.end());
	} catch {
		// No second connection is to be had: the first is dropped, and the server notices within a second.
	}
}
