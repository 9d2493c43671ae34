/** What engines of database servers have in common: a connection for each question, and its end on the server whatever comes. */

import { type Clock, systemClock } from '../../clock.ts';
import type { BotError } from '../../errors.ts';
import { isInTime, onAbort } from '../../waiting.ts';
import type { PrintedQuery } from '../guard/guard.ts';
import type { ConnectorEngine, EngineSession, Estimate, FetchedRows, LiveView, LoginPower, QuestionScope } from './engine.ts';
import { engineError } from './engine-error.ts';
import type { ServerAddress } from './server-address.ts';

/** How long a server has to end what was cancelled; then its connection is dropped. */
const cancelLimitMs = 1_000;

/**
 * How often it is told so. PostgreSQL forgets what reaches it between two messages of one statement, and begins the statement after that
 * (`ProcessInterrupts` while a command is read).
 */
const cancelRepeatMs = 250;

/** One kind of server. What its methods throw is translated by `fault`. */
export interface ServerDriver<Connection> {
	/** @throws BotError as `ConnectorEngine.connect`. */
	open(address: ServerAddress, signal: AbortSignal): Promise<Connection>;
	/** Leaves nothing on the server. Never throws. */
	close(connection: Connection): Promise<void>;
	/** Ends the connection without a word to the server. */
	drop(connection: Connection): void;
	fault(error: unknown): BotError;
	/** Begins a transaction that only reads, under all limits. @returns how what it does is ended on the server, which needs no further right of the login. */
	begin(connection: Connection, question: QuestionScope): Promise<StatementEnd<Connection>>;
	explain(connection: Connection, sql: string): Promise<Estimate>;
	/** @param endOnServer where the rest of a result that was cut would still be sent. */
	run(connection: Connection, query: PrintedQuery, limits: QuestionScope['limits'], endOnServer: () => Promise<void>): Promise<FetchedRows>;
	readSchema(connection: Connection): Promise<LiveView[]>;
	findPowers(connection: Connection): Promise<LoginPower[]>;
}

/** Tells the server once. @param onAnother opens one more connection of the same login, for servers that have to be told there. */
export type StatementEnd<Connection> = (onAnother: (tell: (other: Connection) => Promise<unknown>) => Promise<void>) => Promise<void>;

/** @param address asked for each connection. */
export function createServerEngine<Connection>(
	address: () => Promise<ServerAddress>,
	driver: ServerDriver<Connection>,
	clock: Clock = systemClock,
): ConnectorEngine {
	async function looking<T>(signal: AbortSignal, look: (connection: Connection) => Promise<T>): Promise<T> {
		const connection = await driver.open(await address(), signal);
		try {
			return await look(connection);
		} catch (error) {
			throw driver.fault(error);
		} finally {
			await driver.close(connection);
		}
	}

	async function onAnother(at: ServerAddress, tell: (other: Connection) => Promise<unknown>): Promise<void> {
		const other = await driver.open(at, AbortSignal.timeout(cancelLimitMs));
		await tell(other).finally(() => driver.close(other));
	}

	return {
		async connect(question) {
			const at = await address();
			const connection = await driver.open(at, question.signal);
			try {
				const endStatement = await driver.begin(connection, question);
				// Where the server cannot be told, the connection is dropped, and the server ends the statement at its limit of time.
				const endOnServer = () => endStatement((tell) => onAnother(at, tell)).catch(() => {});
				return createServerSession({ connection, driver, clock, endOnServer }, question);
			} catch (error) {
				await driver.close(connection);
				throw driver.fault(error);
			}
		},
		readSchema: (signal) => looking(signal, driver.readSchema),
		findPowers: (signal) => looking(signal, driver.findPowers),
	};
}

interface OpenConnection<Connection> {
	connection: Connection;
	driver: ServerDriver<Connection>;
	clock: Clock;
	/** Never throws. */
	endOnServer: () => Promise<void>;
}

function createServerSession<Connection>(
	{ connection, driver, clock, endOnServer }: OpenConnection<Connection>,
	{ limits, signal }: QuestionScope,
): EngineSession {
	const faultOf = (error: unknown): BotError => (signal.aborted ? engineError('cancelled', 'signal') : driver.fault(error));

	async function end(running: Promise<unknown>): Promise<void> {
		const untilMs = clock.now() + cancelLimitMs;
		do {
			await endOnServer();
			if (await isInTime(clock, running, cancelRepeatMs).catch(() => true)) return;
		} while (clock.now() < untilMs);
		driver.drop(connection);
	}

	/** When the signal fires, what runs is ended on the server, and this waits until it has ended. */
	async function cancellable<T>(work: () => Promise<T>): Promise<T> {
		if (signal.aborted) throw faultOf(null);
		const running = work().catch((error: unknown) => Promise.reject(faultOf(error)));
		let ending = Promise.resolve();
		const forget = onAbort(signal, () => {
			ending = end(running);
		});
		try {
			return await running;
		} finally {
			forget();
			await ending;
		}
	}

	return {
		explain: ({ sql }) => cancellable(() => driver.explain(connection, sql)),
		run: (query) => cancellable(() => driver.run(connection, query, limits, endOnServer)),
		close: () => driver.close(connection),
	};
}
