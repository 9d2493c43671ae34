/**
 * Who has the pool's connections, and who waits for one: in order of arrival, so that a burst is served late instead of being refused; work in the
 * background behind people.
 */

import type { Pool, PoolClient } from 'pg';
import { isInBackground } from './background.ts';
import { storeUnavailable, toStoreError } from './store-error.ts';

export interface Connections {
	/**
	 * Waits for a connection that is free, or for a new one; `first`, before all others who wait.
	 * @throws BotError `STORE_UNAVAILABLE` (retryable) when none is free in time, or when none can be made: then also for all who wait.
	 */
	take(options?: WaitingLineOptions): Promise<PoolClient>;
	/** Gives a connection back, or closes it when it is not clean. */
	giveBack(client: PoolClient, isClean: boolean): void;
}

/** For metrics. */
export interface ConnectionObserver {
	/** How many are taken, of how many, and how many wait for one: after each change. */
	changed(load: { taken: number; limit: number; waiting: number }): void;
	/** Somebody got one after so long. */
	waited(durationMs: number): void;
	/** Somebody had one for so long. */
	used(durationMs: number): void;
}

export interface ConnectionOptions {
	waitMs?: number;
	yieldMs?: number;
	observe?: ConnectionObserver | undefined;
}

export interface WaitingLineOptions {
	/** For what must not be late in a burst: signs of life, and the renewal of leases. */
	first?: boolean;
}

/**
 * Five hundred questions in one second are some 2,500 transactions of a millisecond or two each. Whoever waits for longer than this is better
 * served by a second try.
 */
const WAIT_MS = 10_000;
/** So long work in the background lets others pass: people never keep it from going on. */
const YIELD_MS = 1_000;

interface Waiter {
	begin(): void;
	refuse(error: Error): void;
}

/** The pool's own line would refuse whoever waits as long as a connection may take to be made, which is 2 s. */
export function createConnections(pool: Pool, { waitMs = WAIT_MS, yieldMs = YIELD_MS, observe }: ConnectionOptions = {}): Connections {
	const waiting: Waiter[] = [];
	/** Behind all of those. */
	const yielding: Waiter[] = [];
	const takenAtMs = new WeakMap<PoolClient, number>();
	let taken = 0;

	const tell = () => observe?.changed({ taken, limit: pool.options.max, waiting: waiting.length + yielding.length });

	function turn({ first = false }: WaitingLineOptions): Promise<void> {
		return new Promise((resolve, reject) => {
			const quit = () => {
				for (const timer of timers) clearTimeout(timer);
				for (const line of [waiting, yielding]) if (line.includes(waiter)) line.splice(line.indexOf(waiter), 1);
				tell();
			};
			const waiter: Waiter = {
				begin: () => {
					quit();
					resolve();
				},
				refuse: (error) => {
					quit();
					reject(error);
				},
			};
			const timers = [setTimeout(() => waiter.refuse(storeUnavailable('no connection was free in time')), waitMs)];
			if (first) waiting.unshift(waiter);
			else if (!isInBackground()) waiting.push(waiter);
			else {
				yielding.push(waiter);
				timers.push(setTimeout(() => waiting.push(...yielding.splice(yielding.indexOf(waiter), 1)), yieldMs));
			}
			tell();
		});
	}

	/** Whoever is next takes the place over. */
	function leave(): void {
		const next = waiting[0] ?? yielding[0];
		if (next === undefined) taken--;
		else next.begin();
		tell();
	}

	return {
		async take(options = {}) {
			const cameAtMs = performance.now();
			if (taken < pool.options.max) taken++;
			else await turn(options);
			tell();
			try {
				const client = await pool.connect();
				takenAtMs.set(client, performance.now());
				observe?.waited(performance.now() - cameAtMs);
				return client;
			} catch (thrown) {
				const error = toStoreError(thrown);
				for (const waiter of [...waiting, ...yielding]) waiter.refuse(error);
				leave();
				throw error;
			}
		},
		giveBack(client, isClean) {
			observe?.used(performance.now() - (takenAtMs.get(client) ?? performance.now()));
			client.release(!isClean);
			leave();
		},
	};
}
