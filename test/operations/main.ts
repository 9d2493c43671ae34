/** `npm run test:operations`: proves what surrounds the program, with the real tools; `-- https deploy` some of it. Ends with `N passed, N failed`. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Each a folder here, and a process of its own. */
const proofs = ['stack', 'https', 'web', 'setup', 'deploy', 'monitoring', 'backup'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : proofs;
const unknown = wanted.filter((name) => !proofs.includes(name));
if (unknown.length > 0) throw new RangeError(`no such proof: ${unknown.join(', ')}; there are ${proofs.join(', ')}`);

let [passed, failed] = [0, 0];
// One after the other: they would take each other's ports and memory.
for (const name of wanted) {
	process.stdout.write(`== ${name}\n`);
	const counted = await prove(name);
	passed += counted.passed;
	failed += counted.failed;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** What a proof says that it counted. One that ends badly, or counts nothing, has failed. */
async function prove(name: string): Promise<{ passed: number; failed: number }> {
	const child = spawn(process.execPath, [join(import.meta.dirname, name, 'main.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
	const stop = () => child.kill('SIGTERM');
	process.once('SIGTERM', stop).once('SIGINT', stop);
	// Pieces end anywhere, also before a line break.
	let end = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		process.stdout.write(text);
		end = (end + text).slice(-100);
	});
	const [code] = (await once(child, 'close')) as [number | null];
	process.off('SIGTERM', stop).off('SIGINT', stop);
	const [, passed = 0, failed = 0] = (/^(\d+) passed, (\d+) failed$/.exec(end.trimEnd().split('\n').at(-1) ?? '') ?? []).map(Number);
	return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}
