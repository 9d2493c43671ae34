/** The rules of the queue as values: who counts as alive, what an answer costs its user, and how long things are kept. */

/** A process that is not heard of for so long is dead. The inbox gives its turns to others after 15 s, unless set otherwise, when their slots are free again. */
export const LEASE_MS = 10_000;

/** Two beats may be lost, and the third still comes in time. */
export const BEAT_MS = 3_000;

/** What nobody is left to take out goes by itself: longer than any wait, and than a night without processes. */
export const KEPT_MS = 24 * 3_600_000;

/** A conversation's prompt is worth coming back to for about as long as people stay with a subject; the host has others to cache. */
export const HOME_MS = 3_600_000;

/**
 * So many entries are looked at for a free slot that those before them cannot use, having failed on that host. Others wait until the
 * line moves: a bound on the work of one operation.
 */
export const SCANNED_ENTRIES = 100;

/** Weight of the newest answer in the mean: about the last ten answers count. */
export const NEWEST_WEIGHT = 0.1;

/** No answer counts as less or more than this many mean ones: a first answer after a short greeting would otherwise cost a day. */
export const LEAST_COST = 0.25;
export const MOST_COST = 4;

/** What is to be added to the one turn that was charged on entry. */
export function costCorrection(heldMs: number, meanHoldMs: number): number {
	return Math.min(MOST_COST, Math.max(LEAST_COST, heldMs / meanHoldMs)) - 1;
}

export function newMean(mean: number | null, heldMs: number): number {
	return mean === null ? heldMs : mean + NEWEST_WEIGHT * (heldMs - mean);
}
