/** The figures of files that come in as Markdown. Pure. */

import { markdownTable, quantile } from './figures.ts';
import type { LoadFigures, LoadOptions } from './load.ts';
import type { ReadingRow } from './reading.ts';
import type { WholeWay } from './whole-way.ts';

/** Ratios are of processor time: on a machine with others on it, wall time says more about them. */
export function readingTable(rows: readonly ReadingRow[]): string {
	const head = [
		...['type', 'pages', 'MB', 'passages', 'pages/s', 'MB/s', 'wall s, bare', 'CPU s, bare', 'ratio'],
		...['beyond the start: CPU s, bare', 'ratio', 'bot CPU ms', 'peak MiB', '1 page: CPU ms, bare'],
	];
	return markdownTable(head, rows.map(readingCells));
}

/** Below this a library did next to nothing, in steps of 10 ms. */
const fewestMs = 100;

function readingCells({ type, sample, peakBytes, passages, small, large }: ReadingRow): string[] {
	const megabytes = sample.content.length / 1e6;
	const { reader, bare } = large;
	const beyond = { reader: reader.readerMs - small.reader.readerMs, bare: bare.readerMs - small.bare.readerMs };
	return [
		...[type, String(sample.pages), megabytes.toFixed(1), String(passages)],
		...[(sample.pages / (reader.wallMs / 1_000)).toFixed(0), (megabytes / (reader.wallMs / 1_000)).toFixed(2)],
		`${seconds(reader.wallMs)}, ${seconds(bare.wallMs)}`,
		...[`${seconds(reader.readerMs)}, ${seconds(bare.readerMs)}`, (reader.readerMs / bare.readerMs).toFixed(2)],
		...[`${seconds(beyond.reader)}, ${seconds(beyond.bare)}`, beyond.bare < fewestMs ? '–' : (beyond.reader / beyond.bare).toFixed(2)],
		...[reader.ownMs.toFixed(0), mebibytes(peakBytes)],
		`${small.reader.readerMs.toFixed(0)}, ${small.bare.readerMs.toFixed(0)}`,
	];
}

export function wholeWayTable(ways: readonly WholeWay[]): string {
	const head = [
		...['file', 'pages', 'passages', 'fetch s', 'read s', 'index s', 'can be found s', 'has vectors s'],
		...['bot CPU s', 'bot MiB before, peak', 'reader peak MiB'],
	];
	const cells = ({ sample, passages, fetch, read, index, found, ready, processor, memory, readerPeakBytes }: WholeWay) => [
		...[sample.type, String(sample.pages), String(passages)],
		...[fetch, read, index, found, ready, processor].map((value) => value.toFixed(1)),
		...[`${mebibytes(memory.before)}, ${mebibytes(memory.peak)}`, mebibytes(readerPeakBytes)],
	];
	return markdownTable(head, ways.map(cells));
}

export function loadTable({ files, askers }: LoadOptions, figures: LoadFigures): string {
	const { idle, loaded, indexed, embedded, memory, readerPeakBytes, passages, processorMsPerFile } = figures;
	const firstText = (values: readonly number[]) => `${quantile(values, 0.5).toFixed(2)} / ${quantile(values, 0.95).toFixed(2)}`;
	const ratio = (share: number) => (quantile(loaded, share) / quantile(idle, share)).toFixed(2);
	return markdownTable(
		[`${files} files at once, ${askers} askers`, ''],
		[
			['first text p50 / p95, idle', `${firstText(idle)} s`],
			['first text p50 / p95, files coming in', `${firstText(loaded)} s`],
			['ratio p50 / p95', `${ratio(0.5)} / ${ratio(0.95)}`],
			['all can be found / have vectors after', `${quantile(indexed, 0.5).toFixed(1)} / ${quantile(embedded, 0.5).toFixed(1)} s`],
			['passages', String(passages)],
			["bot's processor time a file", `${processorMsPerFile.toFixed(0)} ms`],
			["bot's memory before / peak / after", `${[memory.before, memory.peak, memory.after].map(mebibytes).join(' / ')} MiB`],
			['most memory of a reader', `${mebibytes(readerPeakBytes)} MiB`],
		],
	);
}

const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(2);
const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
