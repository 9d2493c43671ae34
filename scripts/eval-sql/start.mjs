/** Brings what an evaluation of questions to databases needs and gives it the variables of `.env`, as `scripts/start.mjs` does for the bot. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../toolchain/mendable-error.mjs';
import { projectFolder } from '../toolchain/project.mjs';
import { runNode } from '../toolchain/run-node.mjs';

await runScript(() => {
	const file = join(projectFolder, '.env');
	// Node.js would remark on a file that is not there.
	const environment = existsSync(file) ? [`--env-file=${file}`] : [];
	return runNode([...environment, join(projectFolder, 'scripts/eval-sql/main.ts'), ...process.argv.slice(2)]);
});
