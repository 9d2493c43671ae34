/** The port to call budgets that several processes share: in Redis, or in this process's memory. */

import type { BudgetWindow } from '../platform/capabilities.ts';

/** One rationed kind of call, shared by every process that uses the same key. */
export interface BudgetRequest {
	key: string;
	windows: readonly BudgetWindow[];
	/**
	 * Where the platform does not state the limit of the longest window: what it promises at least. Then every refusal teaches more than a fifth,
	 * down to what was counted when it came; and short windows, which only spread the calls, do not shrink.
	 */
	promised?: number;
}

export type SlotAnswer =
	| { granted: true }
	/** `retryInMs`: when a slot may come free at the earliest, if nobody gives one back before. */
	| { granted: false; retryInMs: number };

export interface BudgetState {
	/** The least number of slots free over all windows, after calls made and slots reserved; 0 while paused. */
	free: number;
	/** The limit of the tightest window, as shrunk by `penalise`. */
	limit: number;
	/** Milliseconds until the oldest counted call leaves the longest window; 0 when there is none. */
	refreshInMs: number;
}

export interface Budgets {
	/**
	 * Takes one slot for a call that is made now, under the caller's own `id`. With `reservation` the slot reserved under that id is used up,
	 * which is granted unless the budget is paused or the windows are full of calls already made. `keepFree` slots are left for others.
	 */
	takeSlot(budget: BudgetRequest, id: string, options?: { reservation?: string; keepFree?: number }): Promise<SlotAnswer>;
	/** The call under `id` was answered: its slot counts from now, which is never earlier than the platform counted it. */
	settleSlot(budget: BudgetRequest, id: string): Promise<void>;
	/**
	 * Keeps one slot for a later call. Expires after `ttlMs` unless reserved again under the same id.
	 * False when none is free in the windows of ten seconds and more; in shorter ones nothing is kept, for they refill before it matters.
	 */
	reserveSlot(budget: BudgetRequest, id: string, ttlMs: number): Promise<boolean>;
	releaseSlot(budget: BudgetRequest, id: string): Promise<void>;
	budgetState(budget: BudgetRequest): Promise<BudgetState>;
	/**
	 * The platform said "too many": nobody calls for `pauseMs`, and for ten minutes the limit is a fifth lower (never below 1). A limit that is
	 * learned falls by as many fifths as bring it below the calls that were counted, and rises by one every two minutes after those ten; whoever
	 * is refused during the pause was on the way with the others, which teaches nothing more.
	 */
	penalise(budget: BudgetRequest, pauseMs: number): Promise<void>;
}
