/** Whether this process takes messages in: what a load balancer goes by. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';

export interface IntakeGate {
	/** The database is open and answers, and nobody has closed the intake. Never rejects. */
	isOpen(): Promise<boolean>;
	/** For good: this process is about to stop. */
	close(): void;
}

/** Whoever can reach the port may ask, so the database is not asked more often than this. */
const askEveryMs = 1_000;

/** @param openedDatabase Null until there is one. */
export function createIntakeGate(openedDatabase: () => Pick<Database, 'health'> | null, clock: Pick<Clock, 'now'>): IntakeGate {
	let isClosed = false;
	let asked: { atMs: number; isUp: Promise<boolean> } | null = null;

	async function isUp(database: Pick<Database, 'health'>): Promise<boolean> {
		const nowMs = clock.now();
		// A clock may be set back.
		if (asked === null || Math.abs(nowMs - asked.atMs) >= askEveryMs)
			asked = { atMs: nowMs, isUp: database.health().then(({ state }) => state === 'up') };
		return await asked.isUp;
	}

	return {
		async isOpen() {
			const database = openedDatabase();
			return database !== null && (await isUp(database)) && !isClosed;
		},
		close() {
			isClosed = true;
		},
	};
}
