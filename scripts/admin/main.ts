/** `npm run admin`: the commands of `/ccb admin` for whoever sits at the machine, such as the one that makes the first administrator. */

import { listOfCommands } from '#src/administration/commands/help.ts';
import { inspectFolder } from '#src/database/inspect.ts';
import { toBotError } from '#src/errors.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { resultText } from '#src/platform/result-text.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { carryOut } from './carry-out.ts';
import { typedCommand } from './typed-command.ts';

// What the process writes is nobody else's on this machine.
process.umask(0o077);

const words = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const { console: consoleWords } = words.administration;

const typed = typedCommand(process.argv.slice(2));
// The settings of platforms and models may still be missing when the first administrator is made.
const { settings, problems } = inspectSettings(process.env);

if (typed === null || typed === '' || typed === 'help') {
	process.stdout.write(`${consoleWords.usage}\n\n${resultText(listOfCommands(words.administration))}\n`);
	process.exitCode = typed !== null || process.argv.includes('--help') ? 0 : 1;
} else if (settings === null) {
	process.stderr.write(`${consoleWords.failed(problems.join('; '))}\n`);
	process.exitCode = 1;
} else {
	await run(typed, settings);
}

async function run(command: string, known: Settings): Promise<void> {
	try {
		const { outcome, result } = await carryOut(command, known, words);
		process[outcome === 'done' ? 'stdout' : 'stderr'].write(`${resultText(result)}\n`);
		process.exitCode = outcome === 'done' ? 0 : 1;
	} catch (thrown) {
		process.stderr.write(`${await explain(thrown, known)}\n`);
		process.exitCode = 1;
	}
}

async function explain(thrown: unknown, { database: { url, dataFolder } }: Settings): Promise<string> {
	const { code, message } = toBotError(thrown);
	const isInUse = code === 'CONFIG_INVALID' && url === null && (await inspectFolder(dataFolder)).holder !== null;
	return isInUse ? consoleWords.inUse : consoleWords.failed(message);
}
