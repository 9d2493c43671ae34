/** `npm run ingest -- --dry-run FILE…`: reads files as the bot would and shows their chunks, or why they have none. Stores nothing. */

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { standardLimits } from '#src/knowledge/reader/limits.ts';
import { type ReadOutcome, readDocument } from '#src/knowledge/reader/read-document.ts';
import { silentLogger } from '#src/log.ts';

const usage = 'npm run ingest -- --dry-run [--national-ids] FILE…\n';

const options = { 'dry-run': { type: 'boolean' }, 'national-ids': { type: 'boolean' } } as const;

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

const typed = readArguments();
if (typed === null) {
	process.stderr.write(usage);
	process.exitCode = 1;
} else {
	for (const file of typed.files) await show(file, typed.nationalIds);
}

/** Null where they are not understood; nothing else than a dry run is there yet. */
function readArguments(): { files: string[]; nationalIds: boolean } | null {
	try {
		const { values, positionals } = parseArgs({ options, allowPositionals: true });
		const isComplete = values['dry-run'] === true && positionals.length > 0;
		return isComplete ? { files: positionals, nationalIds: values['national-ids'] ?? false } : null;
	} catch {
		return null; // an unknown option
	}
}

/** One file after the other: each may take all the memory that one may take. */
async function show(file: string, nationalIds: boolean): Promise<void> {
	if (stopped.signal.aborted) return;
	try {
		const bytes = await readWhole(file);
		const outcome = await readDocument({ name: basename(file), bytes, nationalIds, signal: stopped.signal }, { log: silentLogger });
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
