/** How the page is built: files with hashed names, nothing inline, as the policy of the program asks for. */

import { defineConfig } from 'vite';

export default defineConfig({
	// What is in the folder is ours; nothing is taken from the environment or from the top of the project.
	envDir: false,
	publicDir: false,
	oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
	build: {
		// The browsers of the last two and a half years.
		target: 'baseline-widely-available',
		// An address that begins with `data:` is refused.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
	},
});
