/** How the tests run: real servers are started once, two files at a time. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: ['test/setup/global-setup.ts'],
		// The smallest machine that has to run them has two cores.
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
