/**
 * Prints the parts of the bot that are not up, in one line with commas between. Those that an older line names are left out; then it waits a while for
 * the others, since platforms connect after the process has begun to take messages in.
 *
 * node parts-down.mjs <port for operations> [<older line>]
 */

import { setTimeout as pause } from 'node:timers/promises';

const [port = '', known] = process.argv.slice(2);
/** As long as a connection to a platform takes that has to be tried again. */
const deadlineMs = performance.now() + (known === undefined ? 0 : 15_000);
const ignored = (known ?? '').split(',');

let down = await look();
while (down.length > 0 && performance.now() < deadlineMs) {
	await pause(500);
	down = await look();
}
process.stdout.write(`${down.join(',')}\n`);

async function look() {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
		const { parts } = /** @type {{ parts: Record<string, { state: string }> }} */ (await response.json());
		return Object.keys(parts).filter((part) => parts[part]?.state === 'down' && !ignored.includes(part));
	} catch {
		return ['process'];
	}
}
