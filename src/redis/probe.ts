/** Finds out whether a Redis that was away can be used again. */

import type { RedisConnection } from './connection.ts';

/** A connection that is ready but answers no probe for this long is replaced. */
const SILENT_FOR_MS = 2_000;

/** A peer that vanished without a word leaves connections that look ready for many minutes: those are replaced. */
export function createProbe(write: () => Promise<unknown>, connections: RedisConnection[]): () => Promise<void> {
	let silentSince: number | undefined;
	return async () => {
		const start = performance.now();
		try {
			await write();
			silentSince = undefined;
		} catch (error) {
			silentSince ??= start;
			if (performance.now() - silentSince >= SILENT_FOR_MS) {
				silentSince = undefined;
				for (const connection of connections) if (connection.status === 'ready') connection.disconnect(true);
			}
			throw error;
		}
	};
}
