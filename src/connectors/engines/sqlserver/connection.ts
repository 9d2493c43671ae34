/** One connection to a company's SQL Server: one statement at a time, each with an end, and values as text. */

import { readFile } from 'node:fs/promises';
import type tedious from 'tedious';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { systemClock } from '../../../clock.ts';
import { inTime, onAbort, startTimeLimit, type TimeLimit } from '../../../waiting.ts';
import { engineError } from '../engine-error.ts';
import type { ServerAddress } from '../server-address.ts';
import { RefusedLogin, sqlServerFault } from './fault.ts';
import { losesDigits, type SentColumn, textOfSent } from './values.ts';

/** A server in the same building takes 20 ms. */
const connectLimitMs = 5_000;
/** How long it has to say that it has ended a statement; then the connection is dropped. */
const cancelLimitMs = 1_000;
/** For statements of ours, until a question sets its own. */
const ownLimitMs = 15_000;
/** Of one value, so that none fills the memory: twice what a cell shows of the longest characters (`row-budget.ts`). */
const mostValueBytes = 80_000;

/** What is done with a result while it comes. */
export interface RowSink {
	columns(columns: readonly SentColumn[]): void;
	/** @returns whether more is wanted; else the server is told to stop. */
	row(cells: (string | null)[]): boolean;
}

export interface SqlServerConnection {
	/** From now on a statement has so long, and so has the silence between two: SQL Server itself ends neither. At its end everything is rolled back. */
	hold(limitMs: number): void;
	/** A batch. Resolves when the server has ended it. */
	stream(sql: string, sink: RowSink): Promise<void>;
	/** Rows of a statement of ours, with its parameters by name. */
	query(sql: string, parameters?: Readonly<Record<string, string>>): Promise<(string | null)[][]>;
	/** Tells the server to end the statement in progress; what waits for it is rejected when that has ended. */
	cancel(): void;
	/** Never throws. */
	end(): Promise<void>;
	/** Without a word to the server. */
	drop(): void;
}

/** @param timeZone in which moments are shown. @throws BotError as `ConnectorEngine.connect`. */
export async function openSqlServerConnection(address: ServerAddress, signal: AbortSignal, timeZone: string): Promise<SqlServerConnection> {
	if (signal.aborted) throw engineError('cancelled', 'signal');
	// The driver brings all of Microsoft's ways to log in, which take memory and half a second.
	const driver = (await import('tedious')).default;
	const connection = new driver.Connection(await configurationOf(address));
	const connected = Promise.withResolvers<void>();
	let refused: RefusedLogin | null = null;
	const onErrorMessage = ({ number }: { number: number }) => {
		refused ??= new RefusedLogin(number);
	};
	connection.on('errorMessage', onErrorMessage);
	// A connection may break while nothing waits for it; the next statement on it says so.
	connection.on('error', () => {});
	connection.connect((error) => (error === undefined ? connected.resolve() : connected.reject(refused ?? error)));
	const forget = onAbort(signal, () => {
		connection.close();
		connected.reject(new Error('signal'));
	});
	try {
		await connected.promise;
		return createConnection(connection, driver, timeZone);
	} catch (error) {
		connection.close();
		throw signal.aborted ? engineError('cancelled', 'signal') : sqlServerFault(error);
	} finally {
		forget();
		connection.off('errorMessage', onErrorMessage);
	}
}

async function configurationOf(address: ServerAddress): Promise<ConnectionConfiguration> {
	const { host, port, database, user, password = '', tls, certificate } = address;
	const authority = certificate === undefined ? {} : { cryptoCredentialsDetails: { ca: await readFile(certificate, 'utf8') } };
	return {
		server: host,
		authentication: { type: 'default', options: { userName: user, password } },
		options: {
			...{ port, database, appName: 'OpenCCB', ...authority },
			encrypt: tls === 'verify',
			trustServerCertificate: false,
			// A listener of an availability group sends such connections to a copy for reading.
			readOnlyIntent: true,
			...{ connectTimeout: connectLimitMs, cancelTimeout: cancelLimitMs, maxRetriesOnTransientErrors: 0 },
			// It would end with the first row: each statement has a limit of ours until its last.
			requestTimeout: 0,
			textsize: mostValueBytes,
		},
	};
}

type Driver = Pick<typeof tedious, 'Request' | 'TYPES'>;

function createConnection(connection: Connection, { Request, TYPES }: Driver, timeZone: string): SqlServerConnection {
	let limitMs = ownLimitMs;
	let isHeld = false;
	let idle: TimeLimit | null = null;

	function stopIdling(): void {
		const limit = idle;
		idle = null;
		limit?.end();
	}

	function idleAgain(): void {
		if (!isHeld) return;
		const limit = startTimeLimit(systemClock, limitMs);
		idle = limit;
		onAbort(limit.signal, () => idle === limit && connection.close());
	}

	async function send(sql: string, parameters: Readonly<Record<string, string>>, sink: RowSink): Promise<void> {
		stopIdling();
		const done = Promise.withResolvers<void>();
		/** Why we ended it ourselves: null for enough rows. */
		let ended: { because: Error | null } | undefined;
		const request = new Request(sql, (error) => {
			if (ended !== undefined) return ended.because === null ? done.resolve() : done.reject(ended.because);
			return error == null ? done.resolve() : done.reject(error);
		});
		const end = (because: Error | null) => {
			ended ??= { because };
			request.cancel();
		};
		let columns: readonly SentColumn[] = [];
		request.on('columnMetadata', (sent) => {
			columns = sent as readonly SentColumn[];
			if (columns.some(losesDigits)) end(engineError('refused', 'digits'));
			else sink.columns(columns);
		});
		request.on('row', (cells: { value: unknown }[]) => {
			if (ended !== undefined) return;
			const row = cells.map(({ value }, index) => textOfSent(value, columns[index] ?? { colName: '', type: { name: '' } }, timeZone));
			if (!sink.row(row)) end(null);
		});
		const names = Object.keys(parameters);
		for (const name of names) request.addParameter(name, TYPES.NVarChar, parameters[name]);
		const limit = startTimeLimit(systemClock, limitMs);
		const forget = onAbort(limit.signal, () => end(engineError('time', 'limit')));
		if (names.length === 0) connection.execSqlBatch(request);
		else connection.execSql(request);
		try {
			await done.promise;
		} finally {
			forget();
			limit.end();
			idleAgain();
		}
	}

	async function query(sql: string, parameters: Readonly<Record<string, string>> = {}): Promise<(string | null)[][]> {
		const rows: (string | null)[][] = [];
		await send(sql, parameters, { columns: () => {}, row: (cells) => rows.push(cells) > 0 });
		return rows;
	}

	return {
		hold(heldMs) {
			limitMs = heldMs;
			isHeld = true;
		},
		stream: (sql, sink) => send(sql, {}, sink),
		query,
		cancel: () => void connection.cancel(),
		async end() {
			if (isHeld) {
				const late = () => engineError('time', 'rollback');
				await inTime(systemClock, query('if @@trancount > 0 rollback transaction'), cancelLimitMs, late).catch(() => {});
			}
			isHeld = false;
			stopIdling();
			connection.close();
		},
		drop() {
			isHeld = false;
			stopIdling();
			connection.close();
		},
	};
}
