/** What can end a turn before its model does: its reader, the question's being taken back, and a platform that shows nothing. */

import type { Obstacle } from '../delivery/obstacle.ts';
import { BotError } from '../errors.ts';
import { onAbort } from '../waiting.ts';
import type { Ending } from './endings.ts';

export interface TurnStops {
	/** Ends the writing. What it says of the reason is for `endingOfStop`. */
	readonly signal: AbortSignal;
	/** The question was taken back, whatever else has happened. */
	readonly isWithdrawn: boolean;
	/** The reader wants no more of it. */
	stop(): void;
	/** There is no question any more. */
	withdraw(): void;
	/** Nobody would see any more of it. */
	meet(obstacle: Obstacle): void;
	/** Called when the question is taken back; at once, if it was. */
	onWithdrawn(act: () => void): void;
}

const endings: Readonly<Record<string, Ending>> = {
	'stopped-by-person': 'stopped',
	withdrawn: 'stopped',
	// What there is of it, should it be shown after all.
	undeliverable: 'interrupted',
};

export function createTurnStops(): TurnStops {
	const stopping = new AbortController();
	const withdrawal = new AbortController();
	const abort = (controller: AbortController, message: string, reason: string) =>
		controller.abort(new BotError('CANCELLED', message, { reason }));
	return {
		signal: AbortSignal.any([stopping.signal, withdrawal.signal]),
		get isWithdrawn() {
			return withdrawal.signal.aborted;
		},
		stop: () => abort(stopping, 'stopped by the reader', 'stopped-by-person'),
		withdraw: () => abort(withdrawal, 'the question was taken back', 'withdrawn'),
		meet: (obstacle) => abort(stopping, `nobody can see the answer: ${obstacle}`, 'undeliverable'),
		onWithdrawn(act) {
			onAbort(withdrawal.signal, act);
		},
	};
}

/** How an answer ends whose writing was ended for this reason; null when that is not for us to say: the process is going away. */
export function endingOfStop(reason: unknown): Ending | null {
	return reason instanceof BotError ? (endings[reason.reason ?? ''] ?? null) : null;
}
