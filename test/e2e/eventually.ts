/** Waits for a condition instead of for a time. */

import { setTimeout as wait } from 'node:timers/promises';
import { patienceMs } from '#test/setup/patience.ts';

const pollMs = 20;

/** Resolves with the first truthy value. Fails after `withinMs` with the last error or a plain sentence. */
export async function eventually<T>(condition: () => T | Promise<T>, withinMs = patienceMs): Promise<NonNullable<T>> {
	const deadline = performance.now() + withinMs;
	let lastError: unknown;
	for (;;) {
		try {
			const value = await condition();
			if (value) return value as NonNullable<T>;
			lastError = undefined;
		} catch (error) {
			lastError = error;
		}
		if (performance.now() > deadline) throw lastError ?? new Error(`did not happen within ${withinMs} ms: ${condition}`);
		await wait(pollMs);
	}
}
