/** A few places that many wait for: people take turns, however many questions each of them has. */

import { onAbort } from '../waiting.ts';
import { engineError } from './engines/engine-error.ts';

export interface FairSlots {
	/** @returns what gives the place back, which must be called. @throws BotError `CANCELLED` when the signal fires first. */
	take(askerId: string, signal: AbortSignal): Promise<() => void>;
}

type Waiter = (giveBack: () => void) => void;

export function createFairSlots(count: number): FairSlots {
	let free = count;
	/** By asker, in the order in which they get a turn. */
	const waiting = new Map<string, Waiter[]>();

	function giveNext(): void {
		const [next] = waiting;
		if (next === undefined) {
			free++;
			return;
		}
		const [askerId, [first, ...others]] = next;
		waiting.delete(askerId);
		// Behind all who wait.
		if (others.length > 0) waiting.set(askerId, others);
		first?.(createGiveBack());
	}

	function createGiveBack(): () => void {
		let isGiven = false;
		return () => {
			if (isGiven) return;
			isGiven = true;
			giveNext();
		};
	}

	function leave(askerId: string, waiter: Waiter): void {
		const others = (waiting.get(askerId) ?? []).filter((each) => each !== waiter);
		if (others.length > 0) waiting.set(askerId, others);
		else waiting.delete(askerId);
	}

	return {
		async take(askerId, signal) {
			if (signal.aborted) throw engineError('cancelled', 'signal');
			if (free > 0) {
				free--;
				return createGiveBack();
			}
			const turn = Promise.withResolvers<() => void>();
			waiting.set(askerId, [...(waiting.get(askerId) ?? []), turn.resolve]);
			const forget = onAbort(signal, () => {
				leave(askerId, turn.resolve);
				turn.reject(engineError('cancelled', 'signal'));
			});
			try {
				return await turn.promise;
			} finally {
				forget();
			}
		},
	};
}
