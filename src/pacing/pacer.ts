/** Paces every rationed call to one chat platform, so that the platform never has to say "too many". */

import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { Capabilities, Operation } from '../platform/capabilities.ts';
import type { Place } from '../platform/place.ts';
import { type BudgetQueue, createBudgetQueue, overallShare, type Priority } from './budget-queue.ts';
import { IN_FLIGHT_MS } from './budget-rules.ts';
import type { BudgetRequest, Budgets } from './budgets.ts';
import { createRefusals } from './refusals.ts';

export interface PacedCall {
	operation: Operation;
	place: Place;
	/** A function is asked each time somebody is chosen: whoever waits for long may rise. */
	priority: Priority | (() => Priority);
	/** Uses up the slot that was reserved for this operation under this id. */
	reservation?: string;
	/** Updates only: the reply that has waited longest and changed most goes first. */
	urgency?: () => number;
}

export interface Pacer {
	/**
	 * Waits for a slot of the call's budget, then runs `send`. What is sent is decided inside `send`, after the wait, so it is never stale.
	 * A `PLATFORM_RATE_LIMITED` error pauses and shrinks the budget that it must be about, for every process, before it is thrown on. The signal
	 * ends the wait only; `send` looks after itself.
	 * @throws BotError `CANCELLED` when the signal fires during the wait; whatever `send` throws.
	 */
	run<T>(call: PacedCall, signal: AbortSignal, send: () => Promise<T>): Promise<T>;
	/** Keeps a slot for the call that ends a reply. False when none is left: take another road. Renew within two minutes. */
	reserve(operation: Operation, place: Place, id: string): Promise<boolean>;
	release(operation: Operation, place: Place, id: string): Promise<void>;
	/** Whether a call could be made right now without waiting. */
	isFree(operation: Operation, place: Place): Promise<boolean>;
}

export interface PacerObserver {
	/** After it waited for its turn for so long. */
	called(operation: Operation, waitedMs: number): void;
	/** The platform wants no more calls for so long; 0 where that was known already. */
	limited(operation: Operation, pauseMs: number): void;
}

interface Claim {
	budget: BudgetRequest;
	/** The id of a slot that is kept for the call. */
	reservation: string | undefined;
	/** The part of the budget that updates leave to others; the queue's own when not given. */
	keptShare?: number;
}

/** Long enough for the longest stretch between two signs of life of a reply, short enough that a dead process blocks nobody for long. */
const reservationTtlMs = 120_000;
/** When the platform says "too many" without saying for how long. */
const defaultPauseMs = 5_000;

export function createPacer(deps: {
	platform: string;
	capabilities: Capabilities;
	budgets: Budgets;
	clock: Clock;
	observer: PacerObserver;
}): Pacer {
	const { platform, capabilities, budgets, clock, observer } = deps;
	const queues = new Map<string, BudgetQueue>();
	const refusals = createRefusals(clock.now);
	const pausedUntilMs = new Map<string, number>();

	function budgetFor(operation: Operation, place: Place): BudgetRequest | null {
		const budget = capabilities.budgets[operation];
		if (budget === undefined) return null;
		const scope = budget.scope === 'tenant' ? [place.tenantId] : [place.tenantId, place.channelId];
		return { key: ['budget', platform, ...scope, budget.bucket ?? operation].join(':'), windows: budget.windows };
	}

	/** What all channels may be together, in this operation. */
	function togetherFor(operation: Operation, { tenantId }: Place): BudgetRequest | null {
		const { together, bucket = operation } = capabilities.budgets[operation] ?? {};
		return together === undefined ? null : { key: ['budget', platform, tenantId, bucket, 'together'].join(':'), ...together };
	}

	function overallFor({ tenantId }: Place): BudgetRequest | null {
		return capabilities.overall === null ? null : { key: ['budget', platform, tenantId].join(':'), windows: capabilities.overall };
	}

	/** The budgets that a call counts in, the narrowest first; its reservation is in its own. */
	function claimsOf({ operation, place, reservation }: PacedCall): Claim[] {
		const own = budgetFor(operation, place);
		const together = togetherFor(operation, place);
		const overall = overallFor(place);
		const kept = reservation === undefined ? undefined : slotOf(operation, reservation);
		return [
			...(own === null ? [] : [{ budget: own, reservation: kept }]),
			...(together === null ? [] : [{ budget: together, reservation: undefined }]),
			...(overall === null ? [] : [{ budget: overall, reservation: undefined, keptShare: overallShare }]),
		];
	}

	/** Gets a slot of each. Whoever leaves on the way there holds up nobody. */
	async function enterAll(call: PacedCall, id: string, claims: readonly Claim[], signal: AbortSignal): Promise<void> {
		const entered: { claim: Claim; atMs: number }[] = [];
		try {
			for (const claim of claims) {
				await enter(call, id, claim, signal);
				entered.push({ claim, atMs: clock.now() });
			}
			// A slot that was not used for so long has gone to somebody else.
			for (const { claim, atMs } of entered) if (clock.now() - atMs >= IN_FLIGHT_MS) await enter(call, id, claim, signal);
		} catch (thrown) {
			await settleAll(
				id,
				entered.map(({ claim }) => claim),
			);
			throw thrown;
		}
	}

	async function settleAll(id: string, claims: readonly Claim[]): Promise<void> {
		for (const { budget } of claims) await budgets.settleSlot(budget, id);
	}

	async function enter(call: PacedCall, id: string, { budget, reservation, keptShare }: Claim, signal: AbortSignal): Promise<void> {
		const { priority, urgency = () => 0 } = call;
		const rank = typeof priority === 'function' ? priority : () => priority;
		try {
			await queueFor(budget, keptShare).enter({ id, reservation, priority: rank, urgency }, signal);
		} finally {
			forgetIfIdle(call.operation, budget);
		}
	}

	/** In a bucket that several operations share, each keeps its own slot. */
	const slotOf = (operation: Operation, id: string) => `${id}:${operation}`;

	/** There may be thousands of channels: their queues go when nobody waits. A tenant's queue stays, for it remembers its last update. */
	function forgetIfIdle(operation: Operation, budget: BudgetRequest): void {
		if (capabilities.budgets[operation]?.scope !== 'tenant' && queues.get(budget.key)?.length === 0) queues.delete(budget.key);
	}

	/** Calls that were on their way together are refused together: that is one mistake and shrinks the budget once. */
	async function punishIfLimited({ operation, place }: PacedCall, error: BotError): Promise<void> {
		if (error.code !== 'PLATFORM_RATE_LIMITED') return;
		const own = budgetFor(operation, place);
		const isOfTenant = capabilities.budgets[operation]?.scope === 'tenant';
		const wider = isOfTenant ? null : (togetherFor(operation, place) ?? overallFor(place));
		const isWide =
			wider !== null && refusals.isWide({ budget: wider.key, channelId: place.channelId, own, retryAfterMs: error.retryAfterMs });
		const budget = isWide ? wider : own;
		if (budget === null) return;
		if (clock.now() < (pausedUntilMs.get(budget.key) ?? 0)) return observer.limited(operation, 0);
		const pauseMs = error.retryAfterMs ?? defaultPauseMs;
		observer.limited(operation, pauseMs);
		pausedUntilMs.set(budget.key, clock.now() + pauseMs);
		await budgets.penalise(budget, pauseMs);
	}

	function queueFor(budget: BudgetRequest, keptShare: number | undefined): BudgetQueue {
		let queue = queues.get(budget.key);
		if (queue === undefined) {
			queue = createBudgetQueue({ budgets, clock, budget, ...(keptShare === undefined ? {} : { keptShare }) });
			queues.set(budget.key, queue);
		}
		return queue;
	}

	return {
		async run(call, signal, send) {
			const id = randomUUID();
			const claims = claimsOf(call);
			const cameAtMs = clock.now();
			await enterAll(call, id, claims, signal);
			observer.called(call.operation, clock.now() - cameAtMs);
			try {
				return await send();
			} catch (thrown) {
				await punishIfLimited(call, toBotError(thrown));
				throw toBotError(thrown);
			} finally {
				await settleAll(id, claims);
			}
		},
		async reserve(operation, place, id) {
			const budget = budgetFor(operation, place);
			return budget === null || (await budgets.reserveSlot(budget, slotOf(operation, id), reservationTtlMs));
		},
		async release(operation, place, id) {
			const budget = budgetFor(operation, place);
			if (budget === null) return;
			await budgets.releaseSlot(budget, slotOf(operation, id));
			queues.get(budget.key)?.wake();
		},
		async isFree(operation, place) {
			const budget = budgetFor(operation, place);
			return budget === null || (await budgets.budgetState(budget)).free > 0;
		},
	};
}
