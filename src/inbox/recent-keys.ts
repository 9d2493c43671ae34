/** Keys of events that this process has stored lately: where a platform tells of one message twice, the second time costs no statement. */

import type { Clock } from '../clock.ts';

export interface RecentKeys {
	/**
	 * Stores an event unless one with its key was stored within the last minute. Resolves when it is stored, by whomever.
	 * @returns what `store` says, or `duplicate` where it was not called. @throws what the `store` that ran throws; then the next one runs again.
	 */
	once(key: string, store: () => Promise<'new' | 'duplicate'>): Promise<'new' | 'duplicate'>;
}

/** Slack sends `message` and `app_mention` of one message within a second. What comes later, as re-deliveries do, asks the database. */
const rememberedMs = 60_000;
/** A busy minute. Beyond it the database is asked. */
const mostKeys = 5_000;

export function createRecentKeys(clock: Pick<Clock, 'now'>): RecentKeys {
	const stored = new Map<string, { atMs: number; storing: Promise<unknown> }>();

	function forgetOldest(): void {
		const [oldest] = stored.keys();
		if (stored.size > mostKeys && oldest !== undefined) stored.delete(oldest);
	}

	return {
		async once(key, store) {
			const before = stored.get(key);
			if (before !== undefined && clock.now() - before.atMs < rememberedMs) {
				await before.storing;
				return 'duplicate';
			}
			const storing = store();
			stored.delete(key);
			stored.set(key, { atMs: clock.now(), storing });
			forgetOldest();
			try {
				return await storing;
			} catch (error) {
				if (stored.get(key)?.storing === storing) stored.delete(key);
				throw error;
			}
		},
	};
}
