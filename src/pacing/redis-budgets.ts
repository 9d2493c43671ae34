/** Call budgets in Redis: the script of `budget-script.ts` behind the methods of the port. */

import { countedWindows } from './budget-rules.ts';
import { budgetKeys } from './budget-script.ts';
import type { BudgetRequest, Budgets } from './budgets.ts';

/** What a connection with `budgetScript` can do. */
export interface BudgetCommands {
	budget(...keysThenArguments: (string | number)[]): Promise<number[]>;
}

export interface RedisBudgets extends Budgets {
	/** Counts a call that was settled `agoMs` ago, unless it is known to have been settled later. */
	recordCall(budget: BudgetRequest, id: string, agoMs: number): Promise<void>;
}

interface Details {
	id?: string;
	amount?: number;
	reservation?: string | undefined;
}

/** `runScript` sends keys, then arguments, and rejects with `STORE_UNAVAILABLE`. `origin` is this process's own name. */
export function createRedisBudgets(runScript: (keysThenArguments: (string | number)[]) => Promise<number[]>, origin: string): RedisBudgets {
	let serial = 0;

	async function run(operation: string, budget: BudgetRequest, { id = '', amount = 0, reservation = '' }: Details = {}): Promise<number[]> {
		const windows = countedWindows(budget).flatMap(({ limit, spanMs, keepsSlots, shrinks, countsFrom }) => [
			limit,
			spanMs,
			keepsSlots ? 1 : 0,
			shrinks ? 1 : 0,
			countsFrom,
		]);
		serial += 1;
		const nonce = `${origin}:${serial}`;
		return await runScript([
			...budgetKeys(budget.key),
			operation,
			id,
			nonce,
			Math.ceil(amount),
			reservation,
			budget.promised ?? '',
			...windows,
		]);
	}

	return {
		async takeSlot(budget, id, { reservation, keepFree = 0 } = {}) {
			const [granted, retryInMs = 1] = await run('take', budget, { id, amount: keepFree, reservation });
			return granted === 1 ? { granted: true } : { granted: false, retryInMs };
		},
		async settleSlot(budget, id) {
			await run('settle', budget, { id });
		},
		async recordCall(budget, id, agoMs) {
			await run('settle', budget, { id, amount: agoMs });
		},
		async reserveSlot(budget, id, ttlMs) {
			const [granted] = await run('reserve', budget, { id, amount: ttlMs });
			return granted === 1;
		},
		async releaseSlot(budget, id) {
			await run('release', budget, { id });
		},
		async budgetState(budget) {
			const [free = 0, limit = 1, refreshInMs = 0] = await run('state', budget);
			return { free, limit, refreshInMs };
		},
		async penalise(budget, pauseMs) {
			await run('penalise', budget, { amount: pauseMs });
		},
	};
}
