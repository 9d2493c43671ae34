/** Runs a script of the project under its Node.js: `node scripts/with-node.mjs <file> [arguments]`. */

import { MendableError, runScript } from './toolchain/mendable-error.mjs';
import { runNode } from './toolchain/run-node.mjs';

await runScript(async () => {
	const script = process.argv.slice(2);
	if (script.length === 0) throw new MendableError('No script was named', 'node scripts/with-node.mjs <file> [arguments]');
	return runNode(script);
});
