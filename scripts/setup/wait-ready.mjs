/**
 * Waits until a started bot takes questions. Ends with 0 when it does, else with 1 and, on standard error, the parts that are not up.
 *
 * node wait-ready.mjs <address of /readyz> <seconds>
 */

import { setTimeout as pause } from 'node:timers/promises';

const [address = '', seconds = '180'] = process.argv.slice(2);
const deadlineMs = performance.now() + Number(seconds) * 1_000;
/** Often enough for whoever watches. */
const pauseMs = 250;

let missing = ['it does not answer'];
do {
	missing = await look();
	if (missing.length === 0) process.exit(0);
	await pause(pauseMs);
} while (performance.now() < deadlineMs);
process.stderr.write(`${missing.join('\n')}\n`);
process.exit(1);

/** @returns {Promise<string[]>} Empty when it is ready. */
async function look() {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
		if (response.ok) return [];
		const { parts } = /** @type {{ parts: Record<string, { state: string, reason?: string }> }} */ (await response.json());
		const down = Object.entries(parts).filter(([, { state }]) => state !== 'up');
		return down.map(([part, { state, reason = '' }]) => `${part}: ${state} ${reason}`.trimEnd());
	} catch {
		return ['it does not answer'];
	}
}
