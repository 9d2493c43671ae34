/** Starts the process that parses one file, with the rights that parsing needs, and ends it when it takes too much. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import { onAbort, startTimeLimit } from '../../waiting.ts';
import { cageCommand } from './cage-command.ts';
import type { ReadingLimits } from './limits.ts';

/** Why the process is no more: it ended by itself, took what it may not take, or was no longer wanted. */
export type CageEnd = 'ended' | 'timeout' | 'memory' | 'output' | 'cancelled' | 'crashed';

export interface CageReport {
	end: CageEnd;
	/** The most memory that was seen. */
	peakBytes: number;
	/** How the process went, for the log: `0`, `134`, `SIGKILL`. */
	exit: string;
}

export interface CageTask {
	/** Written to its standard input. */
	input: readonly Uint8Array[];
	limits: ReadingLimits;
	/** As of `CageLimits`, as the next. */
	limitMs: number;
	isAwaited: boolean;
	signal: AbortSignal;
	/** Each line that it writes. What it throws ends the process, as one that crashed. */
	onLine: (line: string) => void;
}

const watchEveryMs = 100;
/** What gives way to others may take so many times as long by the clock. The kernel holds its processor time all the same. */
const patience = 3;

const parser = fileURLToPath(new URL('../parse/main.ts', import.meta.url));

/** When it resolves, nothing of the process is left. @throws BotError `INTERNAL`, retryable, when none can be started. */
export async function runInCage({ input, limits, limitMs, isAwaited, signal, onLine }: CageTask): Promise<CageReport> {
	const { command, options } = cageCommand(parser, { mostMemoryBytes: limits.mostMemoryBytes, limitMs, isAwaited });
	const child = spawn(...command, { ...options, stdio: ['pipe', 'pipe', 'ignore'] });
	const gone = Promise.withResolvers<string>();
	child.once('error', (error) =>
		gone.reject(new BotError('INTERNAL', 'no process for parsing could be started', { retryable: true, cause: error })),
	);
	child.once('close', (code, killedBy) => gone.resolve(String(killedBy ?? code)));

	let killedFor: CageEnd | null = null;
	function kill(reason: CageEnd): void {
		killedFor ??= reason;
		child.kill('SIGKILL');
	}
	const limit = startTimeLimit(systemClock, isAwaited ? limitMs : limitMs * patience);
	const forget = [onAbort(signal, () => kill('cancelled')), onAbort(limit.signal, () => kill('timeout'))];
	const memory = watchMemory(child, limits.mostMemoryBytes, () => kill('memory'));
	takeLines(child, limits.mostOutputBytes, onLine, kill);
	give(child, input);
	try {
		const exit = await gone.promise;
		return { end: killedFor ?? endOf(exit), peakBytes: memory.peakBytes(), exit };
	} finally {
		for (const each of forget) each();
		limit.end();
		memory.end();
	}
}

function give(child: ChildProcess, input: readonly Uint8Array[]): void {
	// It may be gone before it has read everything; how it went is what counts.
	child.stdin?.on('error', () => {});
	for (const part of input) child.stdin?.write(part);
	child.stdin?.end();
}

function takeLines(child: ChildProcess, mostBytes: number, onLine: (line: string) => void, kill: (reason: CageEnd) => void): void {
	if (child.stdout === null) return;
	let bytes = 0;
	child.stdout.on('data', (part: Buffer) => {
		bytes += part.length;
		if (bytes > mostBytes) kill('output');
	});
	createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
		if (bytes > mostBytes) return;
		try {
			onLine(line);
		} catch {
			kill('crashed');
		}
	});
}

function watchMemory(child: ChildProcess, mostBytes: number, onTooMuch: () => void): { peakBytes(): number; end(): void } {
	let peak = 0;
	const timer = setInterval(async () => {
		peak = Math.max(peak, await peakBytesOf(child.pid));
		if (peak > mostBytes) onTooMuch();
	}, watchEveryMs);
	return { peakBytes: () => peak, end: () => clearInterval(timer) };
}

/** 0 where the system does not tell: elsewhere than on Linux, the other limits have to do. */
async function peakBytesOf(pid: number | undefined): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
}

/** Exit codes and signals of the kernel's limits and of V8's. */
function endOf(exit: string): CageEnd {
	if (exit === '0') return 'ended';
	if (exit === 'SIGXCPU') return 'timeout';
	return exit === 'SIGABRT' || exit === 'SIGTRAP' || exit === '134' || exit === '133' ? 'memory' : 'crashed';
}
