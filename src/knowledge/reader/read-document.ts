/** A file → its chunks, or the reason why it has none. Whatever the file is, this process only waits. */

import { BotError } from '../../errors.ts';
import { foreignWord } from '../../foreign-words.ts';
import type { Logger } from '../../log.ts';
import type { UnreadableReason } from '../blocks.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { type FileRequest, type ParserEnd, parserLine } from '../parse/wire.ts';
import { type CageEnd, type CageReport, runInCage } from './cage.ts';
import { type ReadingLimits, standardLimits, wallLimitMs } from './limits.ts';

type Verdict = { status: 'ok' | 'partial'; chunks: Chunk[] } | { status: 'rejected'; reason: UnreadableReason };

export type ReadOutcome = Verdict & {
	/** From the first to the last moment of the process. */
	durationMs: number;
	/** The most memory that it had. */
	peakBytes: number;
};

export interface ReadRequest {
	/** As people named it: its ending says what it claims to be, the rest is the title of what has none. */
	name: string;
	bytes: Uint8Array;
	/** Quarantine for Spanish identity numbers too; no when not given. */
	nationalIds?: boolean;
	/** No quarantine; no when not given. */
	isReleased?: boolean;
	/** Somebody waits for it; no when not given: then it gives way to all else that the machine does, and may take three times as long. */
	isAwaited?: boolean;
	signal: AbortSignal;
}

export interface ReadDependencies {
	log: Pick<Logger, 'info' | 'warn'>;
	/** The standard ones when not given. */
	limits?: ReadingLimits;
}

/**
 * Never throws for what a file is.
 * @throws BotError `INTERNAL`, retryable, when no process can be started; `CANCELLED` when the signal fires.
 */
export async function readDocument(request: ReadRequest, { log, limits = standardLimits }: ReadDependencies): Promise<ReadOutcome> {
	const { name, bytes, nationalIds = false, isReleased = false, isAwaited = false, signal } = request;
	const startedAt = performance.now();
	const measured = (peakBytes: number) => ({ durationMs: performance.now() - startedAt, peakBytes });
	if (bytes.length === 0) return { status: 'rejected', reason: 'empty', ...measured(0) };
	if (bytes.length > limits.mostFileBytes) return { status: 'rejected', reason: 'too-large', ...measured(0) };

	const head: FileRequest = { name, nationalIds, isReleased };
	const reading = createReading();
	const report = await runInCage({
		input: [Buffer.from(`${JSON.stringify(head)}\n`), bytes],
		limits,
		limitMs: wallLimitMs(bytes.length, limits),
		isAwaited,
		signal,
		onLine: reading.take,
	});
	if (report.end === 'cancelled') throw new BotError('CANCELLED', 'the reading of a file was cancelled');
	const outcome = reading.outcome(report);
	const peakBytes = Math.max(report.peakBytes, reading.end()?.peakBytes ?? 0);
	const facts = { bytes: bytes.length, peakBytes, end: report.end, exit: report.exit, cause: foreignWord(reading.end()?.cause ?? 'none') };
	if (outcome.status === 'rejected') log.warn({ ...facts, reason: outcome.reason }, 'a file was not read');
	else log.info({ ...facts, status: outcome.status, chunks: outcome.chunks.length }, 'a file was read');
	return { ...outcome, ...measured(peakBytes) };
}

/** Why a file has no chunks when its process did not say so itself. */
const reasons: Readonly<Record<CageEnd, UnreadableReason>> = {
	timeout: 'timeout',
	memory: 'too-large',
	output: 'too-large',
	// A process that ends without a word, or with words that are none, had a file that did this to it.
	crashed: 'corrupt',
	ended: 'corrupt',
	cancelled: 'timeout',
};

function createReading() {
	const chunks: Chunk[] = [];
	let end: ParserEnd | null = null;

	return {
		take(line: string): void {
			const said = parserLine.parse(JSON.parse(line));
			if (end !== null) throw new Error('the parser went on after its end');
			if ('chunk' in said) chunks.push(said.chunk);
			else end = said.end;
		},
		end: (): ParserEnd | null => end,
		/** What is half said is not believed. */
		outcome(report: CageReport): Verdict {
			if (report.end !== 'ended' || end === null) return { status: 'rejected', reason: reasons[report.end] };
			if (end.status === 'rejected') return { status: 'rejected', reason: end.reason ?? 'corrupt' };
			return { status: end.status, chunks };
		},
	};
}
