/** Runs a piece of code that logs in a process of its own, because the log goes to standard output. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @param body statements that use `logger`, `createSdkLogger` and `BotError`. @returns the lines that were written, parsed. */
export async function logLines(body: string, level = 'debug'): Promise<Record<string, unknown>[]> {
	const imports = [
		"import { createLogger, createSdkLogger } from '#src/observability/logger.ts';",
		"import { BotError } from '#src/errors.ts';",
		`const logger = createLogger('${level}');`,
	];
	const source = [...imports, body].join('\n');
	const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', source], { timeout: 20_000 });
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}
