/** `npm run doctor`: looks at everything that the settings name, and says what is wrong and what to do about it. */

import { runScript } from '../toolchain/mendable-error.mjs';
import { examine } from './checks.ts';
import { readDoctorOptions } from './options.ts';
import { exitCodeOf, report } from './report.ts';
import { secretsIn } from './secrets.ts';
import { diagnoseSettings } from './settings.ts';
import { english } from './words-english.ts';
import { spanish } from './words-spanish.ts';

// SDKs lose rejections in races of their own; what a check waits for, it reports itself.
process.on('unhandledRejection', () => {});

await runScript(async () => {
	const { language, isUnderstood } = readDoctorOptions(process.argv.slice(2), process.env);
	const words = language === 'es' ? spanish : english;
	if (!isUnderstood) {
		process.stderr.write(`${words.usage}\n`);
		return 1;
	}
	const { settings, findings } = diagnoseSettings(process.env);
	const examined = [{ area: 'settings' as const, findings }, ...(await examine(settings))];
	const exitCode = exitCodeOf(examined);
	// What was given up on may still hold connections, so the end is not waited for.
	process.stdout.write(report(examined, words, secretsIn(process.env)), () => process.exit(exitCode));
	return exitCode;
});
