/** Runs npm as a child and reduces what it says when it fails to one line. */

import { spawnSync } from 'node:child_process';
import { MendableError } from './mendable-error.mjs';

/**
 * Runs `npm` to its end, its output kept away from ours.
 * @param {string[]} npmArguments
 * @param {{ folder: string, environment: NodeJS.ProcessEnv, problem: string, mend: string }} run What to say, and to advise, when it fails.
 * @throws {MendableError} When npm is missing or fails.
 */
export function runNpm(npmArguments, { folder, environment, problem, mend }) {
	const result = spawnSync('npm', npmArguments, {
		cwd: folder,
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (result.error !== undefined) throw new MendableError(`npm could not be run (${result.error.message})`, 'apt-get install npm');
	if (result.status !== 0) throw new MendableError(`${problem} (npm: ${reason(result.stderr)})`, mend);
}

/**
 * npm's own code for what went wrong, and the first line of words about it.
 * @param {string} output
 */
function reason(output) {
	const lines = output.split('\n').filter((line) => line.startsWith('npm error '));
	const words = lines.map((line) => line.slice('npm error '.length).trim()).filter((line) => line !== '');
	const details = words.filter((line) => !/^(?:code|syscall|errno|path|dest) /.test(line));
	return [...words.filter((line) => line.startsWith('code ')), ...details.slice(0, 1)].join(', ') || 'no reason given';
}
