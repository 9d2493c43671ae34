/** A failure of the set-up that one command mends, and how it is told: one sentence, no stack. */

import { basename } from 'node:path';

/** What went wrong, and the command that would mend it. */
export class MendableError extends Error {
	/**
	 * @param {string} problem What is wrong, without a full stop.
	 * @param {string} command What to type to mend it.
	 */
	constructor(problem, command) {
		super(`${problem}. Mend it with: ${command}`);
		this.name = 'MendableError';
	}
}

/**
 * Runs the body of a script and makes its result the exit code of the process. A failure is one sentence on standard error and exit code 1.
 * @param {() => Promise<number>} body Resolves to the exit code.
 */
export async function runScript(body) {
	try {
		process.exitCode = await body();
	} catch (error) {
		process.stderr.write(`${sentence(error)}\n`);
		process.exitCode = 1;
	}
}

/** @param {unknown} error */
function sentence(error) {
	if (error instanceof MendableError) return error.message;
	const script = basename(process.argv[1] ?? 'the script');
	return `${script} failed: ${error instanceof Error ? error.message : String(error)}`;
}
