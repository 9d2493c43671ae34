/**
 * Budgets that go on while Redis is away, with halved limits. Neither side starts from nothing: memory is told of this process's own calls
 * while Redis decides, and Redis is told afterwards of the calls made without it. Otherwise each change of mode would spend a budget twice.
 */

import type { RedisCircuit } from '../redis/circuit.ts';
import { halvedBudget } from './budget-rules.ts';
import type { BudgetRequest, Budgets } from './budgets.ts';
import type { OutageLedger } from './outage-ledger.ts';
import type { RedisBudgets } from './redis-budgets.ts';

type BudgetMethods = Budgets;

export interface FallbackParts {
	redis: RedisBudgets;
	memory: Budgets;
	circuit: RedisCircuit;
	ledger: OutageLedger;
}

export function fallBackOnBudgets({ redis, memory, circuit, ledger }: FallbackParts): BudgetMethods {
	const notes = createBudgetNotes(ledger);
	return {
		takeSlot: (budget, id, options = {}) =>
			circuit.answer(
				async () => {
					const answer = await redis.takeSlot(budget, id, options);
					if (!answer.granted) return answer;
					// Memory counts the call without deciding about it.
					await memory.settleSlot(halvedBudget(budget), id);
					if (options.reservation !== undefined) await memory.releaseSlot(halvedBudget(budget), options.reservation);
					return answer;
				},
				async () => {
					const answer = await memory.takeSlot(halvedBudget(budget), id, options);
					if (!answer.granted) return answer;
					notes.call(budget, id);
					if (options.reservation !== undefined) notes.release(budget, options.reservation);
					return answer;
				},
			),
		async settleSlot(budget, id) {
			await memory.settleSlot(halvedBudget(budget), id);
			await circuit.answer(
				() => redis.settleSlot(budget, id),
				() => notes.call(budget, id),
			);
		},
		reserveSlot: (budget, id, ttlMs) =>
			circuit.answer(
				async () => {
					const isReserved = await redis.reserveSlot(budget, id, ttlMs);
					if (isReserved) await memory.reserveSlot(halvedBudget(budget), id, ttlMs);
					return isReserved;
				},
				async () => {
					const isReserved = await memory.reserveSlot(halvedBudget(budget), id, ttlMs);
					if (isReserved) notes.reservation(budget, id, ttlMs);
					return isReserved;
				},
			),
		async releaseSlot(budget, id) {
			await memory.releaseSlot(halvedBudget(budget), id);
			await circuit.answer(
				() => redis.releaseSlot(budget, id),
				() => notes.release(budget, id),
			);
		},
		budgetState: (budget) =>
			circuit.answer(
				() => redis.budgetState(budget),
				() => memory.budgetState(halvedBudget(budget)),
			),
		async penalise(budget, pauseMs) {
			await memory.penalise(halvedBudget(budget), pauseMs);
			await circuit.answer(
				() => redis.penalise(budget, pauseMs),
				() => notes.penalty(budget, pauseMs),
			);
		},
	};
}

/** Notes for Redis about things that happened "now", told with their age. */
function createBudgetNotes(ledger: OutageLedger) {
	let penalties = 0;
	const stopwatch = (): (() => number) => {
		const start = performance.now();
		return () => performance.now() - start;
	};
	return {
		call(budget: BudgetRequest, id: string): void {
			const ageMs = stopwatch();
			ledger.write(`call ${budget.key} ${id}`, (redis) => redis.recordCall(budget, id, ageMs()));
		},
		reservation(budget: BudgetRequest, id: string, ttlMs: number): void {
			const ageMs = stopwatch();
			// One that has run out meanwhile is not worth a slot even for a moment.
			const reserve = async (redis: RedisBudgets) => ageMs() < ttlMs && redis.reserveSlot(budget, id, ttlMs - ageMs());
			ledger.write(`reservation ${budget.key} ${id}`, reserve);
		},
		release(budget: BudgetRequest, id: string): void {
			ledger.write(`reservation ${budget.key} ${id}`, (redis) => redis.releaseSlot(budget, id));
		},
		penalty(budget: BudgetRequest, pauseMs: number): void {
			const ageMs = stopwatch();
			penalties += 1;
			const penalise = (redis: RedisBudgets) => redis.penalise(budget, Math.max(0, pauseMs - ageMs()));
			ledger.write(`penalty ${budget.key} ${penalties}`, penalise);
		},
	};
}
