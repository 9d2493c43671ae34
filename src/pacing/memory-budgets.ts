/** Call budgets in this process's memory. */

import {
	type BudgetLog,
	createBudgetLog,
	penaliseLog,
	refreshLog,
	reserveInLog,
	settleInLog,
	stateOfLog,
	takeFromLog,
} from './budget-log.ts';
import { type CountedWindow, countedWindows } from './budget-rules.ts';
import type { BudgetRequest, Budgets } from './budgets.ts';

/** Budgets that nobody uses any more are looked for whenever this many new ones have come up. */
const SWEEP_EVERY = 256;

interface StoredBudget {
	log: BudgetLog;
	windows: CountedWindow[];
}

/** Starts no timers: expired things are dropped when something touches them. `clock` gives milliseconds from any fixed moment. */
export function createMemoryBudgets(clock: () => number): Budgets & { clear(): void } {
	const budgets = new Map<string, StoredBudget>();
	let sweepAt = SWEEP_EVERY;

	function openBudget(request: BudgetRequest): { log: BudgetLog; windows: CountedWindow[]; now: number } {
		const now = clock();
		const windows = countedWindows(request);
		const log = budgets.get(request.key)?.log ?? createBudgetLog();
		budgets.set(request.key, { log, windows });
		if (budgets.size >= sweepAt) sweepBudgets(now);
		refreshLog(log, windows, now);
		return { log, windows, now };
	}

	function sweepBudgets(now: number): void {
		// The one being opened may be empty still; it is last, and dropping it would lose what is about to be written to it.
		for (const [key, { log, windows }] of [...budgets].slice(0, -1)) if (!refreshLog(log, windows, now)) budgets.delete(key);
		sweepAt = budgets.size + SWEEP_EVERY;
	}

	return {
		async takeSlot(budget, id, options = {}) {
			const { log, windows, now } = openBudget(budget);
			return takeFromLog(log, windows, now, id, options);
		},
		async settleSlot(budget, id) {
			const { log, now } = openBudget(budget);
			settleInLog(log, now, id);
		},
		async reserveSlot(budget, id, ttlMs) {
			const { log, windows, now } = openBudget(budget);
			return reserveInLog(log, windows, now, id, now + ttlMs);
		},
		async releaseSlot(budget, id) {
			openBudget(budget).log.reserved.delete(id);
		},
		async budgetState(budget) {
			const { log, windows, now } = openBudget(budget);
			return stateOfLog(log, windows, now);
		},
		async penalise(budget, pauseMs) {
			const { log, windows, now } = openBudget(budget);
			penaliseLog(log, windows, now, { pauseMs, promised: budget.promised });
		},
		clear: () => budgets.clear(),
	};
}
