/** The slots of one host as this process uses them: which of its requests stream, how long they hold a slot, and what first tokens teach. */

import type { Clock } from '../clock.ts';
import type { TicketQueue } from '../queue/ticket-queue.ts';
import { over } from '../waiting.ts';
import type { Admitted } from './admission.ts';
import { afterCompletion, afterFirstToken, afterSlowStart, initialKnowledge, type SlotKnowledge, slowAfterMs } from './concurrency.ts';
import type { HostPlace } from './wait-watch.ts';

/** How one request on a host ended: whole, not whole, or so that it will come back and is charged then. */
export type SlotEnd = 'complete' | 'broken' | 'returns';

/** One request on a host. */
export interface Slot {
	/** Fires when the host turned out to take fewer requests than were sent: this one only waits there and should queue here. */
	readonly recalled: AbortSignal;
	place(): Promise<HostPlace>;
	firstToken(): void;
	/** Gives the slot back; the first time counts. */
	close(end: SlotEnd): void;
}

export interface HostSlots {
	limit(): number;
	isLearning(): boolean;
	/** Requests of this process. */
	active(): number;
	/** Some process learned the limit anew. */
	adopt(limit: number): void;
	/** Counts a request that is about to be sent. */
	open(admitted: Pick<Admitted, 'turn' | 'recalled'>): Slot;
}

export interface HostSlotsParts {
	clock: Clock;
	/** The host's name in the queue. */
	host: string;
	slots: number | 'auto';
	/** Knows what the other processes have at the host. */
	queue: Pick<TicketQueue, 'load' | 'learn'>;
	/** The limit was learned anew. */
	onLimit: (limit: number) => void;
}

export function createHostSlots({ clock, host, slots, queue, onLimit }: HostSlotsParts): HostSlots {
	const isLearning = slots === 'auto';
	let knowledge: SlotKnowledge = slots === 'auto' ? initialKnowledge : { ...initialKnowledge, limit: slots };
	let active = 0;
	/** Requests of this process before their first token, in the order in which they were sent. */
	const silent = new Set<object>();

	const adopt = (limit: number): void => {
		if (!isLearning || limit === knowledge.limit) return;
		knowledge = { ...knowledge, limit };
		onLimit(limit);
	};
	const learn = ({ limit }: SlotKnowledge): void => {
		if (limit === knowledge.limit) return;
		adopt(limit);
		queue.learn(host, limit);
	};
	/** Again and again: those that stream now may have been as silent at the look before. */
	const watchStart = async (started: AbortSignal): Promise<void> => {
		while (!started.aborted) {
			await clock.wait(slowAfterMs(knowledge), started);
			const { streaming } = await queue.load(host);
			if (!started.aborted) learn(afterSlowStart(knowledge, streaming));
		}
	};

	return {
		limit: () => knowledge.limit,
		isLearning: () => isLearning,
		active: () => active,
		adopt,
		open: ({ turn, recalled }) => {
			const openedAtMs = clock.now();
			const started = new AbortController();
			silent.add(started);
			/** Null before the first token. */
			let waitedMs: number | null = null;
			let isClosed = false;
			active += 1;
			// Ends with CANCELLED at the first token or the end, whichever comes first.
			if (isLearning) watchStart(started.signal).catch(() => undefined);

			const noteStart = async (afterMs: number): Promise<void> => {
				const { streaming } = await turn.started();
				if (isLearning) knowledge = afterFirstToken(knowledge, afterMs, streaming);
			};
			const giveBack = async (end: SlotEnd): Promise<void> => {
				const heldMs = end === 'returns' ? null : heldTime(clock.now() - openedAtMs, waitedMs, slowAfterMs(knowledge));
				const { streaming } = await turn.leave({ heldMs, isComplete: end === 'complete' });
				if (isLearning && end === 'complete' && waitedMs !== null) learn(afterCompletion(knowledge, streaming, waitedMs));
			};
			return {
				recalled,
				place: async () => {
					const { streaming } = await queue.load(host);
					const isBehindOthers = streaming > 0 && waitedMs === null;
					const isSlow = clock.now() - openedAtMs >= slowAfterMs(knowledge);
					return { isBehindOthers, position: isBehindOthers && isSlow ? [...silent].indexOf(started) + 1 : null };
				},
				firstToken: () => {
					started.abort(over);
					silent.delete(started);
					waitedMs = clock.now() - openedAtMs;
					void noteStart(waitedMs);
				},
				close: (end) => {
					if (isClosed) return;
					isClosed = true;
					started.abort(over);
					silent.delete(started);
					active -= 1;
					void giveBack(end);
				},
			};
		},
	};
}

/**
 * How long an answer really used the host. What its first token took beyond the usual was a wait there, for a place or for the model to be
 * loaded, and nobody's use.
 */
function heldTime(heldMs: number, waitedMs: number | null, usualMs: number): number {
	return heldMs - Math.max(0, (waitedMs ?? heldMs) - usualMs);
}
