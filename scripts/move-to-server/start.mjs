/** Brings what the move needs and gives it the variables of `.env`, as `scripts/start.mjs` does for the bot. */

import { existsSync } from 'node:fs';
import { runScript } from '../toolchain/mendable-error.mjs';
import { projectFolder } from '../toolchain/project.mjs';
import { runNode } from '../toolchain/run-node.mjs';

process.chdir(projectFolder);
await runScript(() => {
	// Node.js would remark on a file that is not there.
	const environment = existsSync('.env') ? ['--env-file=.env'] : [];
	return runNode([...environment, 'scripts/move-to-server/main.ts', ...process.argv.slice(2)]);
});
