/** Files of each type through the program's caged reader, in turns with the bare library in the same cage. */

import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { cageCommand } from '#src/knowledge/reader/cage-command.ts';
import { standardLimits } from '#src/knowledge/reader/limits.ts';
import { readDocument } from '#src/knowledge/reader/read-document.ts';
import { silentLogger } from '#src/log.ts';
import { processFigures } from '../processes.ts';
import { median } from './figures.ts';
import { makeSample, type Sample, type SampleType } from './samples.ts';

/** Medians; milliseconds. */
interface Cost {
	wallMs: number;
	/** Of the process that reads. */
	readerMs: number;
	/** Of the one that started it. */
	ownMs: number;
}

export interface ReadingRow {
	type: SampleType;
	sample: Sample;
	/** The most memory that was resident in the reader. */
	peakBytes: number;
	passages: number;
	/** A file of one page: what the start of a process costs. */
	small: { reader: Cost; bare: Cost };
	large: { reader: Cost; bare: Cost };
}

/** So many pages that reading takes some seconds. */
const usualPages: Readonly<Record<SampleType, number>> = {
	PDF: 400,
	Word: 400,
	Excel: 400,
	PowerPoint: 1_000,
	OpenDocument: 1_500,
	CSV: 1_500,
	Markdown: 1_500,
	HTML: 1_500,
	text: 1_500,
	mail: 1_500,
};

export async function measureReading(type: SampleType, { rounds, scale }: { rounds: number; scale: number }): Promise<ReadingRow> {
	const sample = makeSample(type, Math.max(Math.round(usualPages[type] * scale), 1));
	const page = makeSample(type, 1);
	const costs = { reader: [] as Cost[], bare: [] as Cost[], smallReader: [] as Cost[], smallBare: [] as Cost[] };
	let peakBytes = 0;
	let passages = 0;
	for (let round = 0; round < rounds; round++) {
		costs.bare.push(await costOf(() => readBare(sample)));
		costs.reader.push(
			await costOf(async () => {
				const outcome = await read(sample);
				peakBytes = Math.max(peakBytes, outcome.peakBytes);
				passages = outcome.chunks.length;
			}),
		);
		costs.smallBare.push(await costOf(() => readBare(page)));
		costs.smallReader.push(await costOf(() => read(page)));
	}
	return {
		...{ type, sample, peakBytes, passages },
		small: { reader: medianCost(costs.smallReader), bare: medianCost(costs.smallBare) },
		large: { reader: medianCost(costs.reader), bare: medianCost(costs.bare) },
	};
}

async function read({ name, content }: Sample) {
	const outcome = await readDocument(
		{ name, bytes: content, isAwaited: true, signal: new AbortController().signal },
		{ log: silentLogger },
	);
	if (outcome.status !== 'ok') throw new Error(`${name} was not read whole: ${outcome.status}`);
	return outcome;
}

const bare = fileURLToPath(new URL('./bare.ts', import.meta.url));

async function readBare({ type, content }: Sample): Promise<void> {
	const { command, options } = cageCommand(bare, {
		mostMemoryBytes: standardLimits.mostMemoryBytes,
		limitMs: standardLimits.mostMs,
		isAwaited: true,
	});
	const [file, fileArguments] = command;
	const child = spawn(file, [...fileArguments, type], { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = new Promise((resolve) => child.once('close', resolve));
	child.stdin.end(content);
	const text = await buffer(child.stdout);
	if ((await ended) !== 0 || text.length === 0) throw new Error(`the bare library did not read ${type}`);
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
	const before = processFigures('self');
	const beganAtMs = performance.now();
	await work();
	const wallMs = performance.now() - beganAtMs;
	const after = processFigures('self');
	return { wallMs, readerMs: after.childrenMs - before.childrenMs, ownMs: after.processorMs - before.processorMs };
}

function medianCost(costs: readonly Cost[]): Cost {
	return {
		wallMs: median(costs.map(({ wallMs }) => wallMs)),
		readerMs: median(costs.map(({ readerMs }) => readerMs)),
		ownMs: median(costs.map(({ ownMs }) => ownMs)),
	};
}
