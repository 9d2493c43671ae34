/** The slots of one host: how many requests it may have of ours, which of them stream, and what their first tokens teach. */

import type { Clock } from '../clock.ts';
import { afterCompletion, afterFirstToken, afterSlowStart, initialKnowledge, type SlotKnowledge, slowAfterMs } from './concurrency.ts';

/** One request on a host. */
export interface Slot {
	/** Fires when the host turned out to take fewer requests than were sent: this one only waits there and should queue here. */
	readonly recalled: AbortSignal;
	firstToken(): void;
	/** `isComplete`: the answer came to its end. */
	close(isComplete: boolean): void;
}

export interface HostSlots {
	limit(): number;
	active(): number;
	/** Counts a request that is about to be sent. */
	open(): Slot;
	/** Mean time a complete answer holds a slot, null before the first one. */
	meanHoldMs(): number | null;
}

export interface HostSlotsParts {
	clock: Clock;
	slots: number | 'auto';
	/** The limit was learned anew. */
	onLimit: (limit: number) => void;
	/** A slot came free. */
	onFree: () => void;
}

interface Tracked {
	openedAtMs: number;
	/** Null before the first token. */
	waitedMs: number | null;
	recall: AbortController;
}

/** Given to `abort`, which makes an exception with a stack trace when it gets no reason. */
const over = 'over';
/** Weight of the newest answer in the mean. */
const NEWEST_WEIGHT = 0.2;

export function createHostSlots(parts: HostSlotsParts): HostSlots {
	const { clock } = parts;
	const isLearning = parts.slots === 'auto';
	let knowledge: SlotKnowledge = parts.slots === 'auto' ? initialKnowledge : { limit: parts.slots, usualMs: [] };
	let meanHoldMs: number | null = null;
	const running = new Set<Tracked>();

	const streaming = (): number => [...running].filter((tracked) => tracked.waitedMs !== null).length;
	const learn = (next: SlotKnowledge): void => {
		const hasChanged = next.limit !== knowledge.limit;
		knowledge = next;
		if (!hasChanged) return;
		recallSurplus(running, knowledge.limit);
		parts.onLimit(knowledge.limit);
	};
	const watchStart = async (tracked: Tracked, closed: AbortSignal): Promise<void> => {
		await clock.wait(slowAfterMs(knowledge), closed);
		if (running.has(tracked) && tracked.waitedMs === null) learn(afterSlowStart(knowledge, streaming()));
	};

	return {
		limit: () => knowledge.limit,
		active: () => running.size,
		meanHoldMs: () => meanHoldMs,
		open: () => {
			const tracked: Tracked = { openedAtMs: clock.now(), waitedMs: null, recall: new AbortController() };
			const started = new AbortController();
			running.add(tracked);
			// Ends with CANCELLED at the first token or the end, whichever comes first.
			if (isLearning) watchStart(tracked, started.signal).catch(() => undefined);
			return {
				recalled: tracked.recall.signal,
				firstToken: () => {
					started.abort(over);
					const waitedMs = clock.now() - tracked.openedAtMs;
					if (isLearning) learn(afterFirstToken(knowledge, waitedMs, streaming()));
					tracked.waitedMs = waitedMs;
				},
				close: (isComplete) => {
					started.abort(over);
					if (isLearning && isComplete && tracked.waitedMs !== null) learn(afterCompletion(knowledge, streaming(), tracked.waitedMs));
					running.delete(tracked);
					if (isComplete) meanHoldMs = newMean(meanHoldMs, clock.now() - tracked.openedAtMs - (tracked.waitedMs ?? 0));
					parts.onFree();
				},
			};
		},
	};
}

/** Without the wait on the host: that is what the estimate is for. */
function newMean(mean: number | null, heldMs: number): number {
	return mean === null ? heldMs : mean + NEWEST_WEIGHT * (heldMs - mean);
}

/** The latest to arrive go back first; those that stream stay. */
function recallSurplus(running: ReadonlySet<Tracked>, limit: number): void {
	const waiting = [...running].filter((tracked) => tracked.waitedMs === null && !tracked.recall.signal.aborted);
	// One more than fits may stay: it is next on the host, so that the host does not idle between two answers.
	const surplus = Math.min(waiting.length, running.size - limit - 1);
	for (const tracked of waiting.toReversed().slice(0, Math.max(0, surplus))) tracked.recall.abort();
}
