/** Runs a proof, shows each thing that it proves, and ends this process with `N passed, N failed`. */

import type { Prove } from './https/prove.ts';

export async function runCounted(proof: (prove: Prove) => Promise<void>): Promise<never> {
	let passed = 0;
	let failed = 0;
	// Each running tool is ended with this process.
	process.setMaxListeners(0);
	await proof(async (sentence, act) => {
		const beganAtMs = performance.now();
		try {
			await act();
			passed += 1;
			process.stdout.write(`✓ ${sentence} (${((performance.now() - beganAtMs) / 1_000).toFixed(1)} s)\n`);
		} catch (error) {
			failed += 1;
			process.stdout.write(`✗ ${sentence}\n${error instanceof Error ? error.stack : String(error)}\n`);
		}
	});
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
	process.exit(failed === 0 ? 0 : 1);
}
