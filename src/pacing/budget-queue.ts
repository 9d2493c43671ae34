/** Who may call next under one rationed budget: by rank, and the updates spread over the window. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { onAbort } from '../waiting.ts';
import type { BudgetRequest, Budgets } from './budgets.ts';

/**
 * In order of rank. `overdue`: the first that somebody sees who has waited for a while. `final`: the end of a reply. `first`: what a reply begins
 * with, or waits for before it can. `second`: a text that takes the place of a sign. `update`: everything else.
 */
export const priorities = ['overdue', 'final', 'first', 'second', 'update'] as const;
export type Priority = (typeof priorities)[number];

export interface Waiter {
	id: string;
	/** Asked each time somebody is chosen. */
	priority: () => Priority;
	/** The id under which a slot was reserved for this call. */
	reservation: string | undefined;
	/** Updates only: the higher, the sooner. Asked each time somebody is chosen. */
	urgency: () => number;
}

export interface BudgetQueue {
	/** Waits for a slot. @throws BotError `CANCELLED` when the signal fires. */
	enter(waiter: Waiter, signal: AbortSignal): Promise<void>;
	/** Looks again at once, because a slot was given back. */
	wake(): void;
	readonly length: number;
}

interface Entry extends Waiter {
	admit(): void;
	refuse(error: unknown): void;
}

/** The part of a budget that updates leave for replies that have not begun: a newcomer's first text matters more than a neighbour's fifth edit. */
const newcomerShare = 0.1;
/** Of what all operations may be together, where no end has a slot of its own: many replies may end in the same second. */
export const overallShare = 0.5;
/** Above this free part of the budget updates are not spread: a short burst of replies ends before the window does. */
const burstShare = 0.4;
/** How soon to look again at the latest: a slot that another process gives back is not announced. */
const maxSleepMs = 1_000;

export function createBudgetQueue(deps: { budgets: Budgets; clock: Clock; budget: BudgetRequest; keptShare?: number }): BudgetQueue {
	const { budgets, clock, budget, keptShare = newcomerShare } = deps;
	const entries: Entry[] = [];
	let isPumping = false;
	let mustPumpAgain = false;
	let sleep: AbortController | null = null;
	let lastUpdateAtMs = 0;

	async function pump(): Promise<void> {
		sleep?.abort('woken');
		if (isPumping) {
			mustPumpAgain = true;
			return;
		}
		isPumping = true;
		try {
			do {
				mustPumpAgain = false;
				await serveWhilePossible();
			} while (mustPumpAgain);
		} finally {
			isPumping = false;
		}
	}

	async function serveWhilePossible(): Promise<void> {
		for (let entry = choose(entries); entry !== undefined; entry = choose(entries)) {
			const waitMs = await serve(entry);
			if (waitMs > 0) {
				sleepThenPump(waitMs);
				return;
			}
		}
	}

	/** Admits the entry and returns 0, or returns how long to wait. */
	async function serve(entry: Entry): Promise<number> {
		try {
			const isUpdate = entry.priority() === 'update';
			const waitMs = isUpdate ? await updateDelay() : 0;
			if (waitMs > 0) return waitMs;
			const options = entry.reservation === undefined ? {} : { reservation: entry.reservation };
			const answer = await budgets.takeSlot(budget, entry.id, options);
			if (!answer.granted) return Math.max(answer.retryInMs, 1);
			if (isUpdate) lastUpdateAtMs = clock.now();
			// Who left meanwhile has no use for the slot any more: nothing is called, so it need not count as in flight.
			if (!entries.includes(entry)) await budgets.settleSlot(budget, entry.id);
			remove(entry);
			entry.admit();
			return 0;
		} catch (error) {
			remove(entry);
			entry.refuse(error);
			return 0;
		}
	}

	async function updateDelay(): Promise<number> {
		const { free, limit, refreshInMs } = await budgets.budgetState(budget);
		if (limit === 1 && free === 1) return 0;
		const spare = free - Math.ceil(limit * keptShare);
		if (spare <= 0) return maxSleepMs;
		if (free > limit * Math.max(burstShare, keptShare)) return 0;
		return lastUpdateAtMs + refreshInMs / spare - clock.now();
	}

	function sleepThenPump(waitMs: number): void {
		const controller = new AbortController();
		sleep = controller;
		clock.wait(Math.min(waitMs, maxSleepMs), controller.signal).then(
			() => void pump(),
			() => {},
		);
	}

	function remove(entry: Entry): void {
		const index = entries.indexOf(entry);
		if (index >= 0) entries.splice(index, 1);
		if (entries.length === 0) sleep?.abort('woken');
	}

	return {
		enter: (waiter, signal) =>
			new Promise((resolve, reject) => {
				const cancel = () => {
					remove(entry);
					reject(new BotError('CANCELLED', 'no longer waiting for a delivery slot'));
				};
				const entry: Entry = {
					...waiter,
					admit: () => {
						forget();
						resolve();
					},
					refuse: (error) => {
						forget();
						reject(error);
					},
				};
				if (signal.aborted) return cancel();
				const forget = onAbort(signal, cancel);
				entries.push(entry);
				void pump();
			}),
		wake: () => void pump(),
		get length() {
			return entries.length;
		},
	};
}

function choose(entries: readonly Entry[]): Entry | undefined {
	let best: Entry | undefined;
	for (const entry of entries) {
		if (best === undefined || isBefore(entry, best)) best = entry;
	}
	return best;
}

function isBefore(left: Entry, right: Entry): boolean {
	const [priority, other] = [left.priority(), right.priority()];
	if (priority !== other) return priorities.indexOf(priority) < priorities.indexOf(other);
	// A kept slot is there at once; whoever has none must not stand in its way.
	if ((left.reservation === undefined) !== (right.reservation === undefined)) return left.reservation !== undefined;
	return priority === 'update' && left.urgency() > right.urgency();
}
