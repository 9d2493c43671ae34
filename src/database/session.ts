/** One pooled connection for the time of a call, given back clean or not at all. */

import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { BotError } from '../errors.ts';
import type { WaitingLineOptions } from './connections.ts';
import type { Store } from './store.ts';
import { isConnectionError, toStoreError } from './store-error.ts';

export interface Session {
	/**
	 * Rows of one statement with `$1` parameters: `bigint` as number, timestamps as `Date`, `jsonb` parsed. A second statement is refused.
	 * @throws BotError as `toStoreError` says.
	 */
	fetch<Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
	/** Rows of the last of several statements without parameters. @throws BotError as `toStoreError` says. */
	run<Row extends object>(sql: string): Promise<Row[]>;
	/**
	 * Commits and cleans the connection. Nothing may be sent afterwards.
	 * @returns the command tag, which tells whether it was committed. @throws BotError as `toStoreError` says.
	 */
	commit(): Promise<string>;
	/** Rolls back what is open, and cleans a connection that is not clean. Never throws. @returns false when that is not possible. */
	clean(): Promise<boolean>;
	/** The driver's own call with the driver's own errors, for the ORM. */
	query(sql: string, parameters: readonly unknown[]): Promise<QueryResult>;
}

/**
 * A transaction that `use` leaves open is rolled back. A connection that cannot be cleaned is closed.
 * @throws BotError `STORE_UNAVAILABLE` when no connection can be had in time. What `use` throws is passed on.
 */
export async function withSession<Result>(
	{ connections, cleaning }: Pick<Store, 'connections' | 'cleaning'>,
	use: (session: Session) => Promise<Result>,
	line: WaitingLineOptions = {},
): Promise<Result> {
	const client = await connections.take(line);
	const session = createSession(client, cleaning);
	try {
		return await use(session);
	} finally {
		// Nobody waits for it: whoever comes next gets the connection when it is clean, or another one.
		void session.clean().then((isClean) => connections.giveBack(client, isClean));
	}
}

function createSession(client: PoolClient, cleaning: string): Session {
	/** The connection failed, or was given up on while a statement ran. */
	let isBroken = false;
	let isClean = false;

	async function send(query: QueryConfig & { queryMode?: 'extended' }): Promise<QueryResult> {
		try {
			return await client.query(query);
		} catch (error) {
			isBroken ||= isConnectionError(error);
			throw error;
		}
	}

	/** The driver would send a text without parameters as a script of any number of statements. */
	const query = (sql: string, parameters: readonly unknown[]) => send({ text: sql, values: [...parameters], queryMode: 'extended' });

	/** Only the end of a transaction needs to be told from what comes after it: the tag is the first one's. */
	async function end(how: 'commit' | 'rollback'): Promise<string> {
		const results = (await send({ text: `${how}; ${cleaning}` })) as unknown as QueryResult[];
		isClean = true;
		return results[0]?.command ?? '';
	}

	async function clean(): Promise<boolean> {
		if (isClean || isBroken) return isClean;
		await end('rollback').catch(() => {});
		return isClean;
	}

	return {
		fetch: async <Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
			(await translated(query(sql, parameters))).rows,
		run: async <Row extends object>(sql: string): Promise<Row[]> => lastOf(await translated(send({ text: sql }))).rows,
		commit: () => translated(end('commit')),
		clean,
		query,
	};
}

async function translated<Result>(sending: Promise<Result>): Promise<Result> {
	try {
		return await sending;
	} catch (error) {
		throw toStoreError(error);
	}
}

/** The driver gives a list of results for several statements, which its types do not know. */
function lastOf(results: QueryResult | QueryResult[]): QueryResult {
	const last = Array.isArray(results) ? results.at(-1) : results;
	if (last === undefined) throw new BotError('INTERNAL', 'no statement was run');
	return last;
}
