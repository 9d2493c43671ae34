/** Reads code spans, and remembers from where on other readers may take something else for code. */

import { breakAddresses, type LinkRule } from './bare-address.ts';
import { findFirstRow } from './delimiter-line.ts';
import { disarm } from './disarm.ts';
import { endsInAddress, keep, type Reading } from './inline-token.ts';
import { makeCodeSafe } from './mention.ts';

export interface CodeReader {
	/** Reads a run of backticks; asked from left to right, it walks through the text once. */
	read(position: number): Reading;
	/** Notes a backtick that stands behind a backslash: not everybody takes it for escaped. */
	noteEscape(): void;
	/**
	 * Whether something before left it open what is code here: backticks without their like, escaped ones, spans over several lines
	 * or over the bars of what may be a table.
	 */
	readonly isDoubtful: boolean;
}

export interface CodeContext {
	/** Whether what is code was left open before this text already. */
	isDoubtful: boolean;
	pingsInCode: boolean;
	/** What has been written directly before the current position. */
	before(): string;
	links: LinkRule | undefined;
}

export function createCodeReader(text: string, { isDoubtful, pingsInCode, before, links }: CodeContext): CodeReader {
	let runs: Map<number, number[]> | null = null;
	let firstRow: number | null = null;
	let isInDoubt = isDoubtful;

	/** Bars come before code in a table, but only there. */
	function mayBeCut(start: number, end: number): boolean {
		if (!/(?<!\\)\|/.test(text.slice(start, end))) return false;
		firstRow ??= findFirstRow(text);
		return end > firstRow;
	}

	function readSpan(start: number, end: number): Reading {
		const span = text.slice(start, end);
		const isSplit = span.includes('\n') || mayBeCut(start, end);
		isInDoubt ||= isSplit;
		const disarmed = isInDoubt ? disarm(span) : span;
		const safe = pingsInCode || isInDoubt ? makeCodeSafe(disarmed) : disarmed;
		const output = links !== undefined && isInDoubt ? breakAddresses(safe, links) : safe;
		const reading: Reading = { output, length: end - start, atom: [start, end] };
		return end === text.length ? { ...reading, openFrom: start } : reading;
	}

	return {
		read(position) {
			let end = position;
			while (text[end] === '`') end++;
			// Some readers link an address as it stands, with the backticks that directly follow.
			isInDoubt ||= endsInAddress(before());
			runs ??= readTickRuns(text);
			const starts = runs.get(end - position) ?? [];
			while ((starts.at(-1) ?? end) < end) starts.pop();
			const start = starts.at(-1);
			if (start !== undefined) return readSpan(position, start + end - position);
			isInDoubt = true;
			return keep(text, position, end - position, position);
		},
		noteEscape() {
			isInDoubt = true;
		},
		get isDoubtful() {
			return isInDoubt;
		},
	};
}

/** Where the runs of backticks of each length begin, the first one last. */
function readTickRuns(text: string): Map<number, number[]> {
	const runs = new Map<number, number[]>();
	for (const { 0: run, index } of text.matchAll(/`+/g)) {
		const starts = runs.get(run.length);
		if (starts === undefined) runs.set(run.length, [index]);
		else starts.push(index);
	}
	for (const starts of runs.values()) starts.reverse();
	return runs;
}
