/** One pooled connection for the time of a call, given back clean or not at all. */

import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { isConnectionError, toStoreError } from './store-error.ts';

export interface Session {
	/**
	 * Rows of one statement with `$1` parameters: `bigint` as number, timestamps as `Date`, `jsonb` parsed. A second statement is refused.
	 * @throws BotError as `toStoreError` says.
	 */
	fetch<Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
	/** Runs statements without parameters and gives the last one's command tag. @throws BotError as `toStoreError` says. */
	execute(sql: string): Promise<string>;
	/** The driver's own call with the driver's own errors, for the ORM. */
	query(sql: string, parameters: readonly unknown[]): Promise<QueryResult>;
	/** True once the connection failed, or was given up on while a statement ran. */
	isBroken(): boolean;
}

/** @throws BotError `STORE_UNAVAILABLE` when no connection can be had in time. What `use` throws is passed on. */
export async function withSession<Result>(pool: Pool, use: (session: Session) => Promise<Result>): Promise<Result> {
	const client = await acquire(pool);
	const session = createSession(client);
	try {
		return await use(session);
	} finally {
		client.release(session.isBroken());
	}
}

async function acquire(pool: Pool): Promise<PoolClient> {
	try {
		return await pool.connect();
	} catch (error) {
		throw toStoreError(error);
	}
}

function createSession(client: PoolClient): Session {
	let isBroken = false;

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

	async function translated(sending: Promise<QueryResult>): Promise<QueryResult> {
		try {
			return await sending;
		} catch (error) {
			throw toStoreError(error);
		}
	}

	return {
		fetch: async (sql, parameters) => (await translated(query(sql, parameters))).rows,
		execute: async (sql) => (await translated(send({ text: sql }))).command,
		query,
		isBroken: () => isBroken,
	};
}
