/** Fills the compile cache before programs are started: most of them are killed in the end, and a killed process writes none. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bareEnvironment } from './bare-environment.ts';
import { nodeArguments } from './node-arguments.ts';

/** What `src/main.ts` loads under one setting or another; importing them does nothing else. */
const modules = ['src/app.ts', 'adapters/slack/index.ts', 'adapters/teams/index.ts', 'adapters/discord/index.ts'];
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Does nothing where this run has no compile cache. Never throws: what cannot be loaded, the tests tell better. */
export async function fillCompileCache(): Promise<void> {
	if (process.env['NODE_COMPILE_CACHE'] === undefined) return;
	const imports = modules.map((path) => `await import('./${path}');`).join('');
	const words = ['--input-type=module', '--eval', `${imports} process.exit(0);`];
	const fill = async (given: readonly string[]) =>
		await promisify(execFile)(process.execPath, [...given, ...words], { cwd: projectFolder, env: bareEnvironment() }).catch(() => {});
	// Node.js keeps a cache for each way in which it compiles.
	await Promise.all([[], nodeArguments].map(fill));
}
