/** How the tests run: real servers are started once, four files at a time; docs/testing.md says why so. */

import { defineConfig } from 'vitest/config';
import { patienceMs, testLimitMs } from './test/setup/patience.ts';
import { SlowFoldersFirst } from './test/setup/sequencer.ts';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: ['test/setup/global-setup.ts'],
		// The smallest machine that has to run them has two cores, and a file spends half of its time waiting. With six, what is started waits for a core.
		maxWorkers: 4,
		// Each worker loads a module once, instead of once for each file.
		isolate: false,
		// Node.js runs the sources as it does for the program, types taken out by itself and kept in its compile cache.
		experimental: { viteModuleRunner: false, nodeLoader: false },
		// Read or started instead of imported, so that `--changed` cannot follow it.
		forceRerunTriggers: [
			'**/package.json',
			'**/package-lock.json',
			'**/vitest.config.ts',
			'**/migrations/*.ts',
			'**/*.lua',
			'**/test/setup/*.ts',
		],
		sequence: { sequencer: SlowFoldersFirst },
		testTimeout: testLimitMs,
		hookTimeout: testLimitMs,
		expect: { poll: { timeout: patienceMs } },
	},
});
