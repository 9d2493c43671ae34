/** `npm start`: the bot, or the playground when no chat platform is configured. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './toolchain/mendable-error.mjs';
import { ensurePage } from './toolchain/page.mjs';
import { projectFolder } from './toolchain/project.mjs';
import { runNode } from './toolchain/run-node.mjs';

/** The variables of which each switches a platform on. */
const switches = [
	'SLACK_BOT_TOKEN',
	'SLACK_BOT_TOKEN_FILE',
	'TEAMS_APP_ID',
	'TEAMS_ANONYMOUS',
	'DISCORD_BOT_TOKEN',
	'DISCORD_BOT_TOKEN_FILE',
];

process.chdir(projectFolder);
await runScript(() => {
	const isBot = isAnySet(switches);
	const program = isBot ? 'src/main.ts' : 'scripts/playground/main.ts';
	// Node.js would remark on a file that is not there.
	const environment = existsSync('.env') ? ['--env-file=.env'] : [];
	// The playground's `/ccb web` gives a link to it.
	const hasPage = !isBot || isAnySet(['OPENCCB_PUBLIC_URL']);
	return runNode([...environment, program, ...process.argv.slice(2)], hasPage ? ensurePage : undefined);
});

/**
 * As Node.js reads them: a variable that is set, even to nothing, wins over the one in `.env`.
 * @param {readonly string[]} names
 */
function isAnySet(names) {
	const file = readEnvironmentFile();
	return names.some((name) => {
		const value = process.env[name];
		if (value !== undefined) return value !== '' && value !== 'off';
		return new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*["']?(?!off\\b)[^\\s"'#]`, 'm').test(file);
	});
}

function readEnvironmentFile() {
	try {
		return readFileSync(join(projectFolder, '.env'), 'utf8');
	} catch {
		return ''; // the file is optional
	}
}
