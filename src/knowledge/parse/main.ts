/** The process that parses one file: a request on standard input, its chunks on standard output, line by line, and then its end. */

import './guard.ts';
import { readFileSync } from 'node:fs';
import type { DocumentBlock } from '../blocks.ts';
import { chunkDocument } from '../chunk/chunk.ts';
import { holdsSecret } from '../secrets/secrets.ts';
import { parseFile } from './parse-file.ts';
import { Rejection } from './rejection.ts';
import type { FileRequest, ParserLine } from './wire.ts';

// pdf.js leaves promises behind when it rebuilds a damaged file. Where none of them is ever kept, the process ends without a word.
process.on('unhandledRejection', () => {});

/** As many as a pipe holds, 64 KB: each write is a call of the system, and wakes the process that listens. */
const chunksAtOnce = 40;

const written = readFileSync(0);
const lineEnd = written.indexOf('\n');
const request: FileRequest = JSON.parse(written.toString('utf8', 0, lineEnd));

try {
	await read(request, new Uint8Array(written.subarray(lineEnd + 1)));
} catch (error) {
	const isVerdict = error instanceof Rejection;
	// A file on which a parser fails is a damaged file, or one that was made to look so.
	const cause = isVerdict || !(error instanceof Error) ? null : error.name;
	await write({ end: { status: 'rejected', reason: isVerdict ? error.reason : 'corrupt', cause, peakBytes: peakBytes() } });
}

async function read({ name, nationalIds, isReleased }: FileRequest, bytes: Uint8Array): Promise<void> {
	const document = await parseFile(name, bytes);
	if (!isReleased && document.blocks.some((block) => holdsSecret(wordsOf(block), { nationalIds }))) throw new Rejection('quarantine');
	const { chunks, isCut } = chunkDocument(document, name.replace(/\.[^.]*$/, ''));
	if (chunks.length === 0) throw new Rejection('no-text');
	for (let at = 0; at < chunks.length; at += chunksAtOnce) await write(...chunks.slice(at, at + chunksAtOnce).map((chunk) => ({ chunk })));
	await write({ end: { status: document.isPartial || isCut ? 'partial' : 'ok', reason: null, cause: null, peakBytes: peakBytes() } });
}

/** No secret goes over the border of a cell. */
function wordsOf(block: DocumentBlock): string {
	return block.kind === 'table' ? [block.header, ...block.rows].map((row) => row.join('\t')).join('\n') : block.text;
}

function write(...lines: ParserLine[]): Promise<void> {
	const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	return new Promise((resolve, reject) => {
		process.stdout.write(text, (error) => (error === null || error === undefined ? resolve() : reject(error)));
	});
}

/** Null where the system does not tell. `process.resourceUsage` would count what the parent had when it made this process. */
function peakBytes(): number | null {
	try {
		const [, kibibytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
		return kibibytes === undefined ? null : Number(kibibytes) * 1_024;
	} catch {
		return null; // no Linux
	}
}
