/** One connection to a company's PostgreSQL, with values as the server writes them. */

import { readFile } from 'node:fs/promises';
import { Client, type CustomTypesConfig } from 'pg';
import { onAbort } from '../../../waiting.ts';
import { engineError } from '../engine-error.ts';
import type { ServerAddress } from '../server-address.ts';
import { postgresqlFault } from './fault.ts';

/** A server in the same building takes 5 ms. */
const connectLimitMs = 5_000;

/** Raw text: what the driver makes of dates, large numbers and JSON is not what stands there. */
export const rawTypes: CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

/** @throws BotError as `ConnectorEngine.connect`. */
export async function openClient(address: ServerAddress, signal: AbortSignal): Promise<Client> {
	if (signal.aborted) throw engineError('cancelled', 'signal');
	const { host, port, database, user, password, tls, certificate } = address;
	const authority = certificate === undefined ? {} : { ca: await readFile(certificate, 'utf8') };
	const client = new Client({
		...{ host, port, database, user, password, types: rawTypes },
		ssl: tls === 'off' ? false : { rejectUnauthorized: true, ...authority },
		connectionTimeoutMillis: connectLimitMs,
		application_name: 'openccb',
	});
	// A connection may break while nothing waits for it; the next call on it says so.
	client.on('error', () => {});
	const forget = onAbort(signal, () => dropClient(client));
	try {
		await client.connect();
		return client;
	} catch (error) {
		throw signal.aborted ? engineError('cancelled', 'signal') : postgresqlFault(error);
	} finally {
		forget();
	}
}

/** Ends the connection without a word to the server. The driver offers it nowhere. */
export function dropClient(client: Client): void {
	const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
	connection.stream.destroy();
}

/** Everything through the protocol that takes one statement alone, also without values. */
export async function queryPostgresql<Row extends unknown[]>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
	const statement = { text, values, rowMode: 'array', types: rawTypes, queryMode: 'extended' } as const;
	return (await client.query<Row>(statement)).rows;
}
