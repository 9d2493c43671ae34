/** Tries, where a parser would be, what a parser must not do, and writes for each what came of it. */

import '#src/knowledge/parse/guard.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';

const attempts: Readonly<Record<string, () => unknown>> = {
	'read a file': () => readFileSync('/etc/passwd'),
	'read another process': () => readFileSync(`/proc/${process.ppid}/environ`),
	'write a file': () => writeFileSync('/tmp/openccb-probe', 'x'),
	'start a process': async () => (await import(String('node:child_process'))).execFileSync('/bin/true'),
	'start a thread': async () => new (await import(String('node:worker_threads'))).Worker('1', { eval: true }),
	'open a socket': async () => (await import(String('node:net'))).connect(1, '127.0.0.1'),
	'look up a name': async () => (await import(String('node:dns'))).promises.lookup('localhost'),
	'fetch an address': () => fetch('http://127.0.0.1:1'),
	'load a built-in module aside': () => process.getBuiltinModule('net'),
	'make code of text': () => new Function('return 1')(),
};

const results: Record<string, string> = {};
for (const [name, attempt] of Object.entries(attempts)) {
	try {
		await attempt();
		results[name] = 'done';
	} catch {
		results[name] = 'refused';
	}
}
process.stdout.write(JSON.stringify({ results, environment: Object.keys(process.env), niceness: getPriority() }));
