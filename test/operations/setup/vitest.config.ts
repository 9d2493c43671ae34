/** How the proof on a fresh server runs: it reaches the machine's package registries, as a new server does. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/operations/setup/*.server.ts'],
		// A fresh server installs PostgreSQL, Redis and three hundred packages of npm.
		testTimeout: 400_000,
		hookTimeout: 60_000,
	},
});
