/** The real program as a process, as a supervisor would run it: started, watched, asked to stop, killed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { eventually } from './eventually.ts';

export interface LogLine {
	level: string;
	msg: string;
	[field: string]: unknown;
}

export interface Program {
	readonly pid: number;
	/** Where it listens, once it does. */
	readonly address: string;
	/** Where it tells how it is. */
	readonly operationsAddress: string;
	/** Everything it has logged, as parsed lines. */
	readonly log: readonly LogLine[];
	/** Everything it has written, byte for byte. */
	output(): string;
	readiness(): Promise<{ status: number; body: { ready: boolean; parts: Record<string, { state: string; reason?: string }> } }>;
	/** The value of one line of `/metrics`, 0 when there is none; `labels` must all be in the line. */
	metric(name: string, ...labels: string[]): Promise<number>;
	/** SIGTERM, and waits. @returns the exit code and how long it took. */
	terminate(): Promise<{ code: number | null; tookMs: number }>;
	/** SIGKILL, as a crash or a power cut. */
	kill(): Promise<void>;
}

export interface StartOptions {
	/** False: as soon as it listens. */
	ready?: boolean;
	nodeArguments?: readonly string[];
}

/**
 * Starts `src/main.ts` with these variables and no others of ours. Resolves when it is ready, or with `ready: false` as soon as it
 * listens. `port` 0 takes any free one.
 */
export async function startProgram(environment: Record<string, string>, options: StartOptions = {}): Promise<Program> {
	const child = spawn(process.execPath, [...(options.nodeArguments ?? []), 'src/main.ts'], {
		env: { ...bareEnvironment(), HOST: '127.0.0.1', PORT: '0', OPENCCB_OPERATIONS_PORT: '0', LOG_LEVEL: 'debug', ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { log, output } = collect(child);
	const program = createProgram(child, log, output);
	try {
		await eventually(() => {
			if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${output()}`);
			return program.operationsAddress !== '';
		});
		if (options.ready !== false) await eventually(async () => (await program.readiness()).status === 200);
	} catch (error) {
		child.kill('SIGKILL');
		throw new Error(`the program did not become ready; it wrote:\n${output()}`, { cause: error });
	}
	return program;
}

function collect(child: ChildProcess): { log: LogLine[]; output: () => string } {
	const log: LogLine[] = [];
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		if (stream === null) continue;
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			if (line.startsWith('{')) log.push(JSON.parse(line) as LogLine);
		});
	}
	return { log, output: () => lines.join('\n') };
}

function createProgram(child: ChildProcess, log: LogLine[], output: () => string): Program {
	const ended = once(child, 'exit');
	const listening = (field: string) => String(log.find((line) => line.msg === 'listening')?.[field] ?? '');
	const program: Program = {
		pid: child.pid ?? 0,
		get address() {
			return listening('address');
		},
		get operationsAddress() {
			return listening('operationsAddress');
		},
		log,
		output,
		async readiness() {
			const answer = await fetch(`${program.operationsAddress}/readyz`);
			return { status: answer.status, body: (await answer.json()) as Awaited<ReturnType<Program['readiness']>>['body'] };
		},
		async metric(name, ...labels) {
			const text = await (await fetch(`${program.operationsAddress}/metrics`)).text();
			const line = text.split('\n').find((candidate) => candidate.startsWith(name) && labels.every((label) => candidate.includes(label)));
			return Number(line?.split(' ').at(-1) ?? 0);
		},
		async terminate() {
			const beganAtMs = performance.now();
			child.kill('SIGTERM');
			const [code] = (await ended) as [number | null];
			return { code, tookMs: performance.now() - beganAtMs };
		},
		async kill() {
			child.kill('SIGKILL');
			if (child.exitCode === null && child.signalCode === null) await ended;
		},
	};
	return program;
}
