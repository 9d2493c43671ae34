/** Who has the pool's connections, and who waits for one: in order of arrival, so that a burst is served late instead of being refused. */

import type { Pool, PoolClient } from 'pg';
import { storeUnavailable, toStoreError } from './store-error.ts';

export interface Connections {
	/**
	 * Waits for a connection that is free, or for a new one.
	 * @throws BotError `STORE_UNAVAILABLE` (retryable) when none is free in time, or when none can be made: then also for all who wait.
	 */
	take(): Promise<PoolClient>;
	/** Gives a connection back, or closes it when it is not clean. */
	giveBack(client: PoolClient, isClean: boolean): void;
}

/**
 * Five hundred questions in one second are some 2,500 transactions of a millisecond or two each. Whoever waits for longer than this is better
 * served by a second try.
 */
const WAIT_MS = 10_000;

interface Waiter {
	begin(): void;
	refuse(error: Error): void;
}

/** The pool's own line would refuse whoever waits as long as a connection may take to be made, which is 2 s. */
export function createConnections(pool: Pool, waitMs = WAIT_MS): Connections {
	const waiting = new Set<Waiter>();
	let taken = 0;

	function turn(): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				clearTimeout(timer);
				waiting.delete(waiter);
			};
			const waiter: Waiter = {
				begin: () => {
					leave();
					resolve();
				},
				refuse: (error) => {
					leave();
					reject(error);
				},
			};
			const timer = setTimeout(() => waiter.refuse(storeUnavailable('no connection was free in time')), waitMs);
			waiting.add(waiter);
		});
	}

	/** Whoever is next takes the place over. */
	function leave(): void {
		const [next] = waiting;
		if (next === undefined) taken--;
		else next.begin();
	}

	return {
		async take() {
			if (taken < pool.options.max) taken++;
			else await turn();
			try {
				return await pool.connect();
			} catch (thrown) {
				const error = toStoreError(thrown);
				for (const waiter of [...waiting]) waiter.refuse(error);
				leave();
				throw error;
			}
		},
		giveBack(client, isClean) {
			client.release(!isClean);
			leave();
		},
	};
}
