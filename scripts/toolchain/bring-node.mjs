/** Brings the project's Node.js into the cache, whatever else this machine has, and prints its path: for installations, where nothing may lie at home. */

import { runScript } from './mendable-error.mjs';
import { bringNode } from './node-runtime.mjs';

await runScript(async () => {
	console.log(bringNode());
	return 0;
});
