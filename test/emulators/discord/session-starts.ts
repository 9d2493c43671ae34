/** How often the app may identify: a daily budget, and a pace of so many in 5 s (page "Gateway", Session Start Limit). */

import type { Json } from './types.ts';

export interface SessionStartLimit {
	/** Per day; Discord usually grants 1000. */
	total: number;
	/** How many may identify in 5 s; 1 for apps of ordinary size. */
	maxConcurrency: number;
}

export interface SessionStarts {
	/** Counts one. False when there are too many just now, or today. */
	take(): boolean;
	describe(): Json;
	forget(): void;
}

const dayMs = 24 * 60 * 60_000;
const paceMs = 5_000;

/** Creates an empty count. */
export function createSessionStarts({ total, maxConcurrency }: SessionStartLimit, now: () => number): SessionStarts {
	let starts: number[] = [];
	const today = () => {
		starts = starts.filter((atMs) => atMs > now() - dayMs);
		return starts;
	};
	return {
		take() {
			const recent = today().filter((atMs) => atMs > now() - paceMs);
			if (recent.length >= maxConcurrency || starts.length >= total) return false;
			starts.push(now());
			return true;
		},
		describe: () => ({
			total,
			remaining: Math.max(0, total - today().length),
			reset_after: Math.ceil((starts[0] ?? now()) + dayMs - now()),
			max_concurrency: maxConcurrency,
		}),
		forget() {
			starts = [];
		},
	};
}
