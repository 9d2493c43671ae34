/** What one process did to call budgets while Redis was away, so that Redis can be told when it is back. */

import type { RedisBudgets } from './redis-budgets.ts';

/** Bound for a long outage; what was noted first is dropped first. */
const MAX_NOTES = 50_000;

/** How many commands are on their way at once: few enough to be answered in time. */
const BATCH = 50;

/** Tells Redis one thing, as it stands when it is told: ages and remaining times are worked out then. */
export type Note = (redis: RedisBudgets) => Promise<unknown>;

export interface OutageLedger {
	/** Remembers `note`, in place of an earlier one about the same `subject`. */
	write(subject: string, note: Note): void;
	/** Tells Redis everything, also what is noted meanwhile. Rejects when Redis goes away again, and then keeps what it had not told. */
	replay(redis: RedisBudgets): Promise<void>;
}

export function createOutageLedger(maxNotes: number = MAX_NOTES): OutageLedger {
	const notes = new Map<string, Note>();
	return {
		write(subject, note) {
			notes.delete(subject);
			notes.set(subject, note);
			const [oldest] = notes.keys();
			if (notes.size > maxNotes && oldest !== undefined) notes.delete(oldest);
		},
		async replay(redis) {
			while (notes.size > 0) {
				const batch = [...notes].slice(0, BATCH);
				await Promise.all(batch.map(([, note]) => note(redis)));
				// Noted anew meanwhile: there is something newer to tell.
				for (const [subject, note] of batch) if (notes.get(subject) === note) notes.delete(subject);
			}
		},
	};
}
