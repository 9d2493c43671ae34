/** How the tests run: real servers are started once, two files at a time. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: ['test/setup/global-setup.ts'],
		// The smallest machine that has to run them has two cores.
		maxWorkers: 2,
		// Real servers and processes share the machine with whatever else runs on it: in CI a test that fails runs once more, and the report
		// marks it with the retry. On a developer's machine it fails at once.
		retry: process.env['CI'] ? 1 : 0,
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
