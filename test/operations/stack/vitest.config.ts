/** How the proofs of operations run: one after the other, in the network that `main.ts` made for them. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/operations/stack/*.proof.ts'],
		fileParallelism: false,
		// A stack of six containers starts within 20 s on two quiet cores.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		expect: { poll: { timeout: 60_000, interval: 250 } },
	},
});
