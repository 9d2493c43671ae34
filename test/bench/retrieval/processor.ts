/** Processor time that the database takes: on a busy machine it says more than the clock. */

import { readFile } from 'node:fs/promises';
import type { Database } from '#src/database/database.ts';

/** In milliseconds, of all sessions on this database; null of a server on another machine. */
export type ProcessorTime = () => Promise<number | null>;

/** Nobody else may use the database meanwhile. An embedded one is this process. */
export function processorTimeOf(database: Database): ProcessorTime {
	if (database.kind === 'embedded') {
		return async () => {
			const { user, system } = process.cpuUsage();
			return (user + system) / 1_000;
		};
	}
	return async () => {
		const sessions = await database.query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()');
		try {
			const times = await Promise.all(sessions.map(({ pid }) => timeOf(pid)));
			return times.reduce((sum, time) => sum + time, 0);
		} catch {
			return null;
		}
	};
}

/** The first number of Linux's `schedstat`: nanoseconds. */
async function timeOf(pid: number): Promise<number> {
	const text = await readFile(`/proc/${pid}/schedstat`, 'utf8');
	return Number(text.split(' ')[0]) / 1e6;
}
