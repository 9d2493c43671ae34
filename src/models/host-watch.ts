/** Looks at a host again and again: seldom while it is well, soon and then ever later while it is away. */

import type { Clock } from '../clock.ts';
import { growingPauseMs, pause, varied } from '../waiting.ts';

/** Between two looks at a host that is well. */
const POLL_MS = 10_000;
/** A fifth more or less, so that many processes do not ask at the same moment. */
const JITTER = 0.2;
/** After failed looks. */
const BACK_OFF = { firstMs: 500, mostMs: 15_000, jitter: JITTER };
/** A look younger than this is believed, if the host was there: nobody is sent away on old bad news. */
const FRESH_MS = 1000;

export interface HostWatch {
	start(): void;
	/** Looks now, unless the host was there just now. */
	refresh(): Promise<void>;
	/** Looks now: something there was changed. */
	look(): Promise<void>;
	/** Something is wrong: the next look comes at once. */
	hurry(): void;
}

export interface HostWatchParts {
	clock: Clock;
	/** Ends the watch. */
	signal: AbortSignal;
	/** Never throws; false when the host is away. */
	look: () => Promise<boolean>;
}

export function createHostWatch({ clock, signal, look }: HostWatchParts): HostWatch {
	let failedLooks = 0;
	let lookedAtMs = Number.NEGATIVE_INFINITY;
	let looking: Promise<void> | null = null;
	let hurry = new AbortController();

	const lookOnce = async (): Promise<void> => {
		const isThere = await look();
		failedLooks = isThere ? 0 : failedLooks + 1;
		lookedAtMs = clock.now();
		looking = null;
	};
	const lookNow = (): Promise<void> => {
		looking ??= lookOnce();
		return looking;
	};
	const run = async (): Promise<void> => {
		while (!signal.aborted) {
			hurry = new AbortController();
			await lookNow();
			const pauseMs = failedLooks === 0 ? varied(POLL_MS, JITTER) : growingPauseMs(failedLooks, BACK_OFF);
			// A wait that is cut short is a reason to look, not a failure.
			await pause(clock, pauseMs, AbortSignal.any([signal, hurry.signal]));
		}
	};
	return {
		start: () => void run(),
		refresh: async () => {
			if (looking === null && failedLooks === 0 && clock.now() - lookedAtMs < FRESH_MS) return;
			await lookNow();
		},
		look: lookNow,
		hurry: () => hurry.abort(),
	};
}
