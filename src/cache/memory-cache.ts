/** The cache of one process: what runs when no Redis is configured, and what answers while Redis is away. */

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
import type { BudgetRequest, Cache } from './cache.ts';
import { type Channels, createChannels } from './channels.ts';
import { createValueStore } from './value-store.ts';

/** Budgets that nobody uses any more are looked for whenever this many new ones have come up. */
const SWEEP_EVERY = 256;

interface StoredBudget {
	log: BudgetLog;
	windows: CountedWindow[];
}

/**
 * A `Cache` in this process's memory, mode `local`. It starts no timers: expired things are dropped when something touches them.
 * `clock` gives milliseconds from any fixed moment (default: the monotonic clock, which no change of the wall clock moves).
 * `channels` lets another cache of this process share the listeners.
 */
export function createMemoryCache({
	clock = () => performance.now(),
	channels = createChannels(),
}: {
	clock?: () => number;
	channels?: Channels;
} = {}): Cache {
	const values = createValueStore(clock);
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
		get: async (key) => values.get(key),
		set: async (key, value, ttlMs) => values.set(key, value, ttlMs),
		delete: async (key) => values.delete(key),
		publish: async (channel, message) => channels.deliver(channel, message),
		async subscribe(channel, listener) {
			const remove = channels.add(channel, listener);
			return async () => remove();
		},
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
		mode: () => 'local',
		async close() {
			values.clear();
			budgets.clear();
			channels.clear();
		},
	};
}
