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
const shellLimits = 'ulimit -c 0; ulimit -f 0; ulimit -t "$1"; ulimit -d "$2" 2>/dev/null; shift 2; exec "$@"';
/** So many times the memory that may be resident: V8 maps more than it uses. */
const mappedShare = 3;

/** So many times the time that it may take: V8 collects garbage on several processors. */
const processorShare = 3;

export interface CageCommand {
	command: [file: string, fileArguments: string[]];
	options: { cwd: string; env: NodeJS.ProcessEnv };
}

/** @param program a TypeScript file. */
export function cageCommand(program: string, mostMemoryBytes: number, wallLimitMs: number): CageCommand {
	const seconds = Math.ceil((wallLimitMs * processorShare) / 1_000);
	const kibibytes = Math.ceil((mostMemoryBytes * mappedShare) / 1_024);
	const node = [process.execPath, ...rights, `--allow-fs-read=${program}`, program];
	return {
		command: ['/bin/sh', ['-c', shellLimits, 'sh', String(seconds), String(kibibytes), ...node]],
		// The program's environment has tokens. A date of a sheet is the same day everywhere.
		options: { cwd: '/', env: { TZ: 'UTC' } },
	};
}
