/** `npm run doctor`: looks at everything that the settings name, and says what is wrong and what to do about it. */

import { examine } from './checks.ts';
import { diagnoseEnvironmentFile } from './environment-file.ts';
import { readDoctorOptions } from './options.ts';
import { exitCodeOf, report } from './report.ts';
import { diagnoseSettings } from './settings.ts';
import { english } from './words-english.ts';
import { spanish } from './words-spanish.ts';

const { language, isUnderstood } = readDoctorOptions(process.argv.slice(2), process.env);
const words = language === 'es' ? spanish : english;

// SDKs lose rejections in races of their own; what a check waits for, it reports itself.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', giveUp);

if (isUnderstood) await diagnose().catch(giveUp);
else end(process.stderr, `${words.usage}\n`, 1);

async function diagnose(): Promise<void> {
	const { settings, findings, secrets } = diagnoseSettings(process.env);
	const ofFile = await diagnoseEnvironmentFile('.env');
	const examined = [{ area: 'settings' as const, findings: [...findings, ...ofFile] }, ...(await examine(settings))];
	end(process.stdout, report(examined, words, secrets), exitCodeOf(examined));
}

/** The message of an error that nobody expected may quote anything. */
function giveUp(error: unknown): void {
	end(process.stderr, `${words.failed(error instanceof Error ? error.name : 'unknown')}\n`, 1);
}

/** What was given up on may still hold connections, so the end is not waited for. */
function end(stream: NodeJS.WriteStream, text: string, exitCode: number): void {
	stream.write(text, () => process.exit(exitCode));
}
