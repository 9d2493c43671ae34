/** A server program of a proof: started with these variables and no others, heard, ended. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { bareEnvironment } from '#test/setup/bare-environment.ts';

export interface Running {
	/** Everything it has written. */
	output(): string;
	/** Null while it runs. */
	exitCode(): number | null;
	/** Resolves when it has ended; it is killed when that takes five seconds. */
	stop(): Promise<void>;
}

const stopLimitMs = 5_000;

export function run(file: string, programArguments: string[], environment: Record<string, string> = {}): Running {
	const child = spawn(file, programArguments, { env: { ...bareEnvironment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
	const words: string[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => words.push(text));
	const ended = once(child, 'exit');
	const kill = () => child.kill('SIGKILL');
	process.prependOnceListener('exit', kill);
	return {
		output: () => words.join(''),
		exitCode: () => child.exitCode,
		async stop() {
			child.kill('SIGTERM');
			const limit = setTimeout(kill, stopLimitMs);
			await ended;
			clearTimeout(limit);
			process.off('exit', kill);
		},
	};
}

/** Runs a program to its end. @returns its exit code, and all that it wrote. */
export async function runToEnd(
	file: string,
	programArguments: string[],
	environment: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
	const options = { env: { ...bareEnvironment(), ...environment } };
	try {
		const { stdout, stderr } = await promisify(execFile)(file, programArguments, options);
		return { code: 0, output: stdout + stderr };
	} catch (thrown) {
		const { code, stdout = '', stderr = '' } = thrown as { code: unknown; stdout?: string; stderr?: string };
		if (typeof code !== 'number') throw thrown;
		return { code, output: stdout + stderr };
	}
}
