/** How many passwords are looked at side by side: each takes a thread of the pool that files and names are read with, and half a core. */

import { BotError } from '../../errors.ts';

/** With more, whoever reads a file waits for them; see docs/benchmarks.md. */
const mostAtOnce = 2;
/** Whoever comes then would wait for longer than a second. */
const mostWaiting = 20;
const retryAfterMs = 2_000;

export interface PasswordWork {
	/** In turn. @throws BotError `RATE_LIMITED` when too many wait. */
	run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createPasswordWork(): PasswordWork {
	let running = 0;
	const waiting: (() => void)[] = [];

	async function turn(): Promise<void> {
		if (running < mostAtOnce) {
			running += 1;
			return;
		}
		if (waiting.length >= mostWaiting) throw new BotError('RATE_LIMITED', 'too many passwords wait to be looked at', { retryAfterMs });
		// Whoever ends hands their turn over.
		await new Promise<void>((resolve) => waiting.push(resolve));
	}

	return {
		async run(work) {
			await turn();
			try {
				return await work();
			} finally {
				const next = waiting.shift();
				if (next === undefined) running -= 1;
				else next();
			}
		},
	};
}
