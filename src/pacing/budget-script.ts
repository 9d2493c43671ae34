/** The sliding-window log of one budget in Redis: the script `budget.lua`, so that every operation is atomic and takes one round trip. */

import { readScript } from '../redis/script.ts';
import { IN_FLIGHT_MS, MAX_PENALTIES, PENALTY_MS, RECOVERY_STEP_MS } from './budget-rules.ts';

/**
 * The keys of one budget, each a sorted set that expires by itself: calls in flight by when they were taken, calls answered by when they
 * were settled, reservations by when they run out, penalties by when they run out (the member `pause` is the end of the pause).
 * The braces keep them together on one node of a Redis Cluster.
 */
export function budgetKeys(key: string): string[] {
	return ['flight', 'calls', 'reserved', 'penalties'].map((part) => `budget:{${key}}:${part}`);
}

export const BUDGET_KEY_COUNT = 4;

/**
 * Arguments: operation, id, nonce (a string never used before), amount (`take`: slots to keep free; `settle`: milliseconds since it was
 * settled; `reserve`: time to live; `penalise`: pause), reservation or '', what is promised of a limit that is learned or '', then limit, span, and
 * 1 or 0 twice (whether it keeps slots, whether it shrinks), and from how many calls on it counts, of each window.
 * Answers whole numbers: `take` {granted, retryInMs}; `reserve` {granted}; `state` {free, limit, refreshInMs}; the others {1}.
 * Time is Redis' own, cut to milliseconds, so that processes whose clocks differ agree. Follows `budget-log.ts` step by step.
 */
export const budgetScript = readScript(import.meta.url, {
	parts: ['budget.lua'],
	constants: { IN_FLIGHT: IN_FLIGHT_MS, MAX_PENALTIES, PENALTY: PENALTY_MS, RECOVERY_STEP: RECOVERY_STEP_MS },
	numberOfKeys: BUDGET_KEY_COUNT,
});
