/** Whether a database of this test is at work, so that a clock of tests lets it answer before time goes on. */

import type { ConnectionObserver } from '#src/database/connections.ts';

const atWork = new Set<ConnectionObserver>();
const waiting = new Set<() => void>();

/** To be given to each database that a test opens. */
export function watchDatabaseWork(): ConnectionObserver {
	const observer: ConnectionObserver = {
		changed({ taken }) {
			if (taken > 0) atWork.add(observer);
			else atWork.delete(observer);
			if (atWork.size > 0) return;
			for (const resume of waiting) resume();
			waiting.clear();
		},
		waited() {},
		used() {},
	};
	return observer;
}

/** Waits until no transaction is open. @returns whether one was. A transaction that stays open, for a lock, say, is waited for that long in real time. */
export async function databaseWork(patienceMs: number): Promise<boolean> {
	if (atWork.size === 0) return false;
	await new Promise<void>((resolve) => {
		const timer = setTimeout(resume, patienceMs);
		function resume(): void {
			clearTimeout(timer);
			waiting.delete(resume);
			resolve();
		}
		waiting.add(resume);
	});
	return true;
}
