/** `npm start`: the bot, or the playground when no chat platform is configured. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './toolchain/mendable-error.mjs';
import { projectFolder } from './toolchain/project.mjs';
import { runNode } from './toolchain/run-node.mjs';

process.chdir(projectFolder);
await runScript(() => {
	const program = isPlatformConfigured() ? 'src/main.ts' : 'scripts/playground/main.ts';
	// Node.js would remark on a file that is not there.
	const environment = existsSync('.env') ? ['--env-file=.env'] : [];
	return runNode([...environment, program, ...process.argv.slice(2)]);
});

/** As Node.js reads it: a variable that is set, even to nothing, wins over the one in `.env`. */
function isPlatformConfigured() {
	const { SLACK_BOT_TOKEN: token } = process.env;
	if (token !== undefined) return token !== '';
	return /^[ \t]*(?:export[ \t]+)?SLACK_BOT_TOKEN[ \t]*=[ \t]*["']?[^\s"'#]/m.test(readEnvironmentFile());
}

function readEnvironmentFile() {
	try {
		return readFileSync(join(projectFolder, '.env'), 'utf8');
	} catch {
		return ''; // the file is optional
	}
}
