/** The calls of the bot to one platform: how many, how many refused, and the newest ones in the page's words. */

import type { Call, Platform } from '../wire.ts';

/** What the emulators keep of each call, as far as it is the same everywhere. */
interface Recorded {
	atMs: number;
	/** Null as long as there is no answer. */
	answeredAtMs: number | null;
}

export interface Calls {
	total: number;
	/** Answered with 429. */
	refused: number;
	/** Oldest first. */
	newest: Call[];
}

/** As many as the page shows, of all platforms together. */
export const shownCalls = 60;

/** @param read what a call was and how it was answered; status 0 while the answer is on its way. */
export function summariseCalls<R extends Recorded>(
	platform: Platform,
	records: readonly R[],
	read: (record: R) => Pick<Call, 'method' | 'status' | 'error'>,
): Calls {
	const first = Math.max(0, records.length - shownCalls);
	const newest = records.slice(first).map((record, index): Call => {
		const { atMs, answeredAtMs } = record;
		return { platform, order: first + index, atMs, tookMs: answeredAtMs === null ? null : answeredAtMs - atMs, ...read(record) };
	});
	return { total: records.length, refused: records.filter((record) => read(record).status === 429).length, newest };
}
