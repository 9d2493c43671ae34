/** How the process that parses is started: with the rights that parsing needs, under limits that hold even when nobody watches. */

import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** V8's own: a parser that goes beyond ends at once. Buffers are not counted, so the resident memory is watched as well. */
const heapMebibytes = 512;

/**
 * No writing, no processes, no threads, no native modules, no code made of text; of files, the program's own sources and packages alone, and
 * how much memory the process has. The network is not within Node's power in this version: `parse/guard.ts` sees to that.
 */
const rights = [
	'--permission',
	`--allow-fs-read=${project}src/`,
	`--allow-fs-read=${project}node_modules/`,
	`--allow-fs-read=${project}package.json`,
	'--allow-fs-read=/proc/self/status',
	`--max-old-space-size=${heapMebibytes}`,
	'--disallow-code-generation-from-strings',
	'--no-warnings',
];

/**
 * What the kernel holds, even when the process that started it is gone: seconds of processor time, no byte in a file, no core dump, and memory
 * beyond which nothing is given, for what grows faster than it is watched.
 */
const shellLimits = 'ulimit -c 0; ulimit -f 0; ulimit -t "$1"; ulimit -d "$2" 2>/dev/null; shift 2; ';
/**
 * A tenth of a processor that others want (Linux, "sched(7)": each step of niceness is worth a quarter): a file that nobody waits for does not hold up
 * answers, and still comes to its end within its time. Where the machine has no such command, files are read as fast as anything.
 */
const behindOthers = 'command -v nice >/dev/null && exec nice -n 10 "$@"; ';
/** So many times the memory that may be resident: V8 maps more than it uses. */
const mappedShare = 3;

/** So many times the time that it may take where nothing else runs: V8 collects garbage on several processors. */
const processorShare = 3;

export interface CageCommand {
	command: [file: string, fileArguments: string[]];
	options: { cwd: string; env: NodeJS.ProcessEnv };
}

export interface CageLimits {
	mostMemoryBytes: number;
	/** For what it takes where nothing else runs. */
	limitMs: number;
	/** Somebody waits for it: it has as much of the processor as the program itself. */
	isAwaited: boolean;
}

/** @param program a TypeScript file. */
export function cageCommand(program: string, { mostMemoryBytes, limitMs, isAwaited }: CageLimits): CageCommand {
	const seconds = Math.ceil((limitMs * processorShare) / 1_000);
	const kibibytes = Math.ceil((mostMemoryBytes * mappedShare) / 1_024);
	const script = `${shellLimits}${isAwaited ? '' : behindOthers}exec "$@"`;
	const node = [process.execPath, ...rights, `--allow-fs-read=${program}`, program];
	return {
		command: ['/bin/sh', ['-c', script, 'sh', String(seconds), String(kibibytes), ...node]],
		// The program's environment has tokens. A date of a sheet is the same day everywhere.
		options: { cwd: '/', env: { TZ: 'UTC' } },
	};
}
