/** Proves HTTPS with what Debian has: caddy, nginx, certbot, openssl, pebble. Nothing leaves this machine. */

import { proveHttps } from './prove-https.ts';

let passed = 0;
let failed = 0;
// Each running tool is ended with this process.
process.setMaxListeners(0);
await proveHttps(async (sentence, act) => {
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
