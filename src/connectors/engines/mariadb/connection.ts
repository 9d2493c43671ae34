/** One connection to a company's MariaDB, with values as the server writes them. */

import { readFile } from 'node:fs/promises';
import type { Connection, FieldPacket, QueryOptions } from 'mysql2';
import { onAbort } from '../../../waiting.ts';
import { engineError } from '../engine-error.ts';
import { hexOf } from '../row-budget.ts';
import type { ServerAddress } from '../server-address.ts';
import { mariadbFault } from './fault.ts';

/** A server in the same building takes 5 ms. */
const connectLimitMs = 5_000;
/** The number of the character set that stands for bytes (MariaDB, "Supported Character Sets and Collations"). */
const bytesCharset = 63;
/** VARCHAR, BIT, the four BLOBs, VAR_STRING, STRING and GEOMETRY: types whose values are bytes where no character set says otherwise (MariaDB, "Result Set Packets"). */
const byteTypes = new Set([15, 16, 249, 250, 251, 252, 253, 254, 255]);

/** @throws BotError as `ConnectorEngine.connect`. */
export async function openConnection(address: ServerAddress, signal: AbortSignal): Promise<Connection> {
	if (signal.aborted) throw engineError('cancelled', 'signal');
	const { host, port, database, user, password, tls, certificate } = address;
	const authority = certificate === undefined ? {} : { ca: await readFile(certificate, 'utf8') };
	// Most companies have no MariaDB to ask, and the driver is a fifteenth of what a start loads.
	const { createConnection } = (await import('mysql2')).default;
	const connection = createConnection({
		...{ host, port, database, user, charset: 'utf8mb4' },
		...(password === undefined ? {} : { password }),
		...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: true, ...authority } }),
		connectTimeout: connectLimitMs,
		// The server may ask for a file of this machine.
		flags: ['-LOCAL_FILES'],
	});
	const connected = Promise.withResolvers<void>();
	// A connection may break while nothing waits for it; the next call on it says so.
	connection.on('error', () => {});
	connection.connect((error) => (error === null ? connected.resolve() : connected.reject(error)));
	const forget = onAbort(signal, () => {
		connection.destroy();
		connected.reject(new Error('signal'));
	});
	try {
		await connected.promise;
		return connection;
	} catch (error) {
		connection.destroy();
		throw signal.aborted ? engineError('cancelled', 'signal') : mariadbFault(error);
	} finally {
		forget();
	}
}

/** FetchedRows as arrays of bytes: what the driver makes of numbers, dates and JSON is not what stands there. */
export function rawStatement(sql: string): QueryOptions {
	return { sql, rowsAsArray: true, typeCast: (field: { buffer(): Buffer | null }) => field.buffer() } as QueryOptions;
}

/** Only for statements of ours. */
export function queryMariadb(connection: Connection, sql: string, values: (string | number)[] = []): Promise<(string | null)[][]> {
	return new Promise((resolve, reject) => {
		connection.query({ ...rawStatement(sql), values }, (error, rows) => {
			if (error === null) resolve(Array.isArray(rows) ? (rows as unknown as (Buffer | null)[][]).map((row) => row.map(plainText)) : []);
			else reject(error);
		});
	});
}

export function isBinary({ characterSet, columnType }: FieldPacket): boolean {
	return characterSet === bytesCharset && columnType !== undefined && byteTypes.has(columnType);
}

export function textOfCell(cell: Buffer | null, isBytes: boolean): string | null {
	return isBytes && cell !== null ? hexOf(cell) : plainText(cell);
}

function plainText(cell: Buffer | null): string | null {
	return cell === null ? null : cell.toString('utf8');
}
