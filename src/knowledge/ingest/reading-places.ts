/** How many files are read at a time: each is a process with memory of its own. The others wait in the order in which they came. */

import { BotError } from '../../errors.ts';
import { unlessAborted } from '../../waiting.ts';

export interface ReadingPlaces {
	/** @throws BotError `CANCELLED` when the signal fires while it waits; what `read` throws. */
	take<Result>(read: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

export function createReadingPlaces(count: number): ReadingPlaces {
	let free = count;
	const waiting: (() => void)[] = [];

	function enter(): Promise<void> | null {
		if (free > 0) {
			free -= 1;
			return null;
		}
		return new Promise((resolve) => waiting.push(resolve));
	}

	/** Hands the place to whoever has waited longest. */
	function leave(): void {
		const next = waiting.shift();
		if (next === undefined) free += 1;
		else next();
	}

	return {
		async take(read, signal) {
			const turn = enter();
			if (turn !== null) {
				try {
					await unlessAborted(turn, signal, () => new BotError('CANCELLED', 'a file did not wait to be read'));
				} catch (thrown) {
					// The place may come all the same, to nobody.
					void turn.then(leave);
					throw thrown;
				}
			}
			try {
				return await read();
			} finally {
				leave();
			}
		},
	};
}
