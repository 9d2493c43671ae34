/** Reads files as the bot would and shows their chunks, or why they have none. Stores nothing. */

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { standardLimits } from '#src/knowledge/reader/limits.ts';
import { type ReadOutcome, readDocument } from '#src/knowledge/reader/read-document.ts';
import { silentLogger } from '#src/log.ts';

export interface ShowOptions {
	/** Quarantine for Spanish identity numbers too. */
	nationalIds: boolean;
	signal: AbortSignal;
}

/** One file after the other: each may take all the memory that one may take. A line for each; `process.exitCode` is 1 when one cannot be had. */
export async function showFiles(files: readonly string[], options: ShowOptions): Promise<void> {
	for (const file of files) await show(file, options);
}

async function show(file: string, { nationalIds, signal }: ShowOptions): Promise<void> {
	if (signal.aborted) return;
	try {
		const bytes = await readWhole(file);
		const outcome = await readDocument({ name: basename(file), bytes, nationalIds, signal }, { log: silentLogger });
		process.stdout.write(`${JSON.stringify(lineOf(file, outcome))}\n`);
	} catch (error) {
		process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}

/** Of what is too large, one byte too many: it is enough to say so. */
async function readWhole(file: string): Promise<Uint8Array> {
	await using handle = await open(file);
	const { size } = await handle.stat();
	const bytes = Buffer.alloc(Math.min(size, standardLimits.mostFileBytes + 1));
	const { bytesRead } = await handle.read(bytes);
	return bytes.subarray(0, bytesRead);
}

function lineOf(file: string, outcome: ReadOutcome): object {
	return {
		file,
		status: outcome.status === 'rejected' ? `rejected:${outcome.reason}` : outcome.status,
		chunks: outcome.status === 'rejected' ? [] : outcome.chunks.map(({ text, page }) => ({ text, page })),
		seconds: Math.round(outcome.durationMs) / 1_000,
		rss_mib: Math.round(outcome.peakBytes / 2 ** 20),
	};
}
