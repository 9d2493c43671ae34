/** Lets one of many like log lines through and counts the rest: whoever can cause a line must not be able to fill the log. */

/** As long as an adapter rests after a failure: what goes on for longer is said again. */
const restMs = 5_000;

export interface RareLines {
	/** How many lines of this kind were held back since the last one; null when this one is to be held back, too. */
	next(kind: string): number | null;
}

/** One line of each kind in five seconds. `kind` comes from a short list of our own, never from outside. */
export function createRareLines(now: () => number): RareLines {
	const kinds = new Map<string, { saidAtMs: number; heldBack: number }>();
	return {
		next(kind) {
			const known = kinds.get(kind);
			if (known !== undefined && Math.abs(now() - known.saidAtMs) < restMs) {
				known.heldBack++;
				return null;
			}
			kinds.set(kind, { saidAtMs: now(), heldBack: 0 });
			return known?.heldBack ?? 0;
		},
	};
}
