/** The sliding-window log of one budget in memory. `budget-script.ts` says the same in Lua; one contract suite holds them together. */

import { type CountedWindow, IN_FLIGHT_MS, lessonSize, MAX_PENALTIES, PENALTY_MS, RECOVERY_STEP_MS, shrunkLimit } from './budget-rules.ts';
import type { BudgetState, SlotAnswer } from './budgets.ts';

/** All times are milliseconds on the clock of the cache. */
export interface BudgetLog {
	/** Calls in flight: id → when it was taken. */
	taken: Map<string, number>;
	/** Calls answered: id → when it was settled. */
	settled: Map<string, number>;
	/** Reservations: id → when it runs out. */
	reserved: Map<string, number>;
	/** When each penalty runs out. */
	penalties: number[];
	pausedUntil: number;
	/** Gives a settled call a name of its own when its id is used again. */
	renamed: number;
}

export interface TakeOptions {
	reservation?: string;
	keepFree?: number;
}

export function createBudgetLog(): BudgetLog {
	return { taken: new Map(), settled: new Map(), reserved: new Map(), penalties: [], pausedUntil: Number.NEGATIVE_INFINITY, renamed: 0 };
}

/** Forgets what no longer counts at `now`. Call it before any other function here. Returns whether anything is left. */
export function refreshLog(log: BudgetLog, windows: readonly CountedWindow[], now: number): boolean {
	for (const [id, takenAt] of log.taken) {
		if (takenAt + IN_FLIGHT_MS > now) continue;
		log.taken.delete(id);
		log.settled.set(id, takenAt + IN_FLIGHT_MS);
	}
	const longestMs = longestSpanMs(windows);
	for (const [id, settledAt] of log.settled) if (settledAt + longestMs <= now) log.settled.delete(id);
	for (const [id, until] of log.reserved) if (until <= now) log.reserved.delete(id);
	log.penalties = log.penalties.filter((until) => until > now);
	return log.taken.size + log.settled.size + log.reserved.size + log.penalties.length > 0 || log.pausedUntil > now;
}

/** Takes a slot under `id`, or says when one may come free. See `Cache.takeSlot`. */
export function takeFromLog(log: BudgetLog, windows: readonly CountedWindow[], now: number, id: string, options: TakeOptions): SlotAnswer {
	const isReserved = options.reservation !== undefined;
	const heldBack = (window: CountedWindow) => (isReserved ? 0 : reservedIn(log, window) + (options.keepFree ?? 0));
	const missing = windows.map((window) => 1 - freeSlots(log, window, now) + heldBack(window));
	if (log.pausedUntil > now || missing.some((slots) => slots > 0)) {
		const waits = windows.map((window, index) => waitForSlots(log, window, now, { missing: missing[index] ?? 0, isReserved }));
		return { granted: false, retryInMs: retryInMs(log, now, Math.max(...waits)) };
	}
	if (options.reservation !== undefined) log.reserved.delete(options.reservation);
	keepEarlierCall(log, id, now);
	log.taken.set(id, now);
	return { granted: true };
}

/** The call counts from `now`, also when this log has never heard of it: somebody made it, so the platform has counted it. */
export function settleInLog(log: BudgetLog, now: number, id: string): void {
	log.taken.delete(id);
	log.settled.set(id, now);
}

/** Reserves a slot until `until`, or renews the reservation. A live one can always be renewed, and where no window keeps slots any is granted. */
export function reserveInLog(log: BudgetLog, windows: readonly CountedWindow[], now: number, id: string, until: number): boolean {
	const keeping = windows.filter(({ keepsSlots }) => keepsSlots);
	if (!log.reserved.has(id) && keeping.length > 0 && stateOfLog(log, keeping, now).free < 1) return false;
	log.reserved.set(id, until);
	return true;
}

export interface Penalty {
	pauseMs: number;
	promised: number | undefined;
}

/** Lowers the limit for `PENALTY_MS` and lengthens the pause to `pauseMs` from `now`; never shortens one. See `Cache.penalise`. */
export function penaliseLog(log: BudgetLog, windows: readonly CountedWindow[], now: number, { pauseMs, promised }: Penalty): void {
	const isKnown = promised !== undefined && log.pausedUntil > now;
	log.pausedUntil = Math.max(log.pausedUntil, now + pauseMs);
	if (isKnown) return;
	const longest = windows.reduce((most, window) => (window.spanMs > most.spanMs ? window : most));
	const size = lessonSize(longest, promised, log.penalties.length, log.settled.size);
	const ends = Array.from({ length: size }, (_, index) => now + PENALTY_MS + index * RECOVERY_STEP_MS);
	log.penalties = [...log.penalties, ...ends].sort((left, right) => left - right).slice(-MAX_PENALTIES);
}

/** What `Cache.budgetState` answers. The tightest window is the one with the least free slots, then the one with the lowest limit. */
export function stateOfLog(log: BudgetLog, windows: readonly CountedWindow[], now: number): BudgetState {
	const uses = windows.map((window) => ({
		free: freeSlots(log, window, now) - reservedIn(log, window),
		limit: limitOf(log, window),
	}));
	const tightest = uses.reduce((least, use) =>
		use.free < least.free || (use.free === least.free && use.limit < least.limit) ? use : least,
	);
	const free = log.pausedUntil > now ? 0 : Math.max(0, tightest.free);
	return { free, limit: tightest.limit, refreshInMs: refreshInMs(log, windows, now) };
}

function reservedIn(log: BudgetLog, { keepsSlots }: CountedWindow): number {
	return keepsSlots ? log.reserved.size : 0;
}

function limitOf(log: BudgetLog, { limit, shrinks }: CountedWindow): number {
	return shrinks ? shrunkLimit(limit, log.penalties.length) : limit;
}

/** Slots of one window that no call uses; reservations are not looked at. Negative after a penalty. */
function freeSlots(log: BudgetLog, window: CountedWindow, now: number): number {
	let counted = log.taken.size;
	for (const settledAt of log.settled.values()) if (settledAt + window.spanMs > now) counted += 1;
	// What is in the log is within the longest window.
	return Math.max(limitOf(log, window) - counted, window.countsFrom - log.taken.size - log.settled.size);
}

/** How long until `missing` slots of one window have come free by calls that leave it and, for an unreserved call, reservations that run out. */
function waitForSlots(log: BudgetLog, window: CountedWindow, now: number, want: { missing: number; isReserved: boolean }): number {
	if (want.missing <= 0) return 0;
	const waits = [...log.taken.keys()].map(() => window.spanMs);
	for (const settledAt of log.settled.values()) if (settledAt + window.spanMs > now) waits.push(settledAt + window.spanMs - now);
	if (!want.isReserved && window.keepsSlots) for (const until of log.reserved.values()) waits.push(until - now);
	// More is kept free than the window holds: time alone frees nothing, so ask again after one window.
	return waits.sort((a, b) => a - b)[want.missing - 1] ?? window.spanMs;
}

/** The wait for the windows, cut short by a penalty that ends before, and never shorter than the pause. */
function retryInMs(log: BudgetLog, now: number, windowWaitMs: number): number {
	const untilPenaltyEnds = Math.min(...log.penalties) - now;
	return Math.max(1, Math.ceil(Math.max(Math.min(windowWaitMs, untilPenaltyEnds), log.pausedUntil - now)));
}

/** An id that is used again is another call, and the earlier one goes on counting. */
function keepEarlierCall(log: BudgetLog, id: string, now: number): void {
	const earlier = log.taken.has(id) ? now : log.settled.get(id);
	if (earlier === undefined) return;
	log.settled.delete(id);
	log.renamed += 1;
	log.settled.set(`${id} (${log.renamed})`, earlier);
}

function refreshInMs(log: BudgetLog, windows: readonly CountedWindow[], now: number): number {
	const times = [...log.settled.values(), ...(log.taken.size > 0 ? [now] : [])];
	return times.length === 0 ? 0 : Math.max(1, Math.ceil(Math.min(...times) + longestSpanMs(windows) - now));
}

function longestSpanMs(windows: readonly CountedWindow[]): number {
	return Math.max(...windows.map(({ spanMs }) => spanMs));
}
