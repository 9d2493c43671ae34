/** `npm run test:operations -- https deploy`: proves what surrounds the program, with the real tools on this machine. All of it without an argument. */

import { proveDeploy } from './deploy/main.ts';
import { proveHttps } from './https/main.ts';
import type { Prove } from './https/prove.ts';

const proofs: Readonly<Record<string, (prove: Prove) => Promise<void>>> = { https: proveHttps, deploy: proveDeploy };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(proofs);
let passed = 0;
let failed = 0;
// Each running tool is ended with this process.
process.setMaxListeners(0);
for (const name of wanted) await proofs[name]?.(prove);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function prove(sentence: string, act: () => Promise<void>): Promise<void> {
	const beganAtMs = performance.now();
	try {
		await act();
		passed += 1;
		process.stdout.write(`✓ ${sentence} (${((performance.now() - beganAtMs) / 1_000).toFixed(1)} s)\n`);
	} catch (error) {
		failed += 1;
		process.stdout.write(`✗ ${sentence}\n${error instanceof Error ? error.stack : String(error)}\n`);
	}
}
