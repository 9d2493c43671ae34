/** Tells how much of unfinished text is final: it is written the same, whatever follows. */

import type { LinkRule } from './bare-address.ts';
import { findTableStarts, isDelimiterLine } from './delimiter-line.ts';
import { type InlineScan, outside, scanInline } from './inline-scan.ts';
import { type Leaf, readLeaves } from './leaves.ts';
import { stableCodeLength } from './mention.ts';

/**
 * How much of an unfinished block's source is final: `makeInlineSafe` of that much is a prefix of `makeInlineSafe` of any
 * continuation. It ends before an open link, code span or mention, and before a line that may become a table.
 * @param limit The most of it; the end of a line.
 * @param links The same of `keepKnownLinks` with this rule.
 */
export function stablePrefixLength(source: string, limit = source.length, links?: LinkRule): number {
	const lastLine = source.lastIndexOf('\n') + 1;
	const isOpen = lastLine > 0 && (MAY_BECOME_FENCE.test(source.slice(lastLine)) || isUncertain(source));
	return readStableLength(source, lastLine, isOpen ? Math.min(lastLine, limit) : limit, links);
}

function readStableLength(source: string, lastLine: number, limit: number, links: LinkRule | undefined): number {
	const before = readLeaves(source.slice(0, lastLine)).at(-1);
	const isTouched = before !== undefined && before.end === lastLine;
	// A blank line ends everything but a fence.
	const isContinued = isTouched && (before.kind === 'code' || /[^\s>]/.test(lineEndingAt(source, lastLine - 1)));
	if (isContinued && before.kind === 'table') return lastLine <= limit ? lastLine : before.start;
	if (isContinued && before.kind === 'code') return stableAfterFence(source, before, lastLine, limit, links);
	// A line with tildes may open a fence, whose first line is not read as text.
	const most = source.includes('~~~', lastLine) ? Math.min(lastLine, limit) : limit;
	return stableInText(source, isContinued ? before.start : lastLine, lastLine, most, links);
}

/** Whether readers differ about how the source ends. */
function isUncertain(source: string): boolean {
	return /```|~~~/.test(source) && readLeaves(source).at(-1)?.isCertain === false;
}

/** The unfinished last line belongs to the fence before it, or it does not, or that is not decided before its first character. */
function stableAfterFence(source: string, fence: Leaf, lastLine: number, limit: number, links: LinkRule | undefined): number {
	if (mayBeHeader(source.slice(fence.start))) return Math.min(fence.start, limit);
	const isWithin = readLeaves(source).some((leaf) => leaf.start === fence.start && leaf.end > lastLine);
	const isTopLevel = /^ {0,3}[`~]/.test(source) && fence.start === 0;
	if (!isTopLevel && !/[^\s>]/.test(source.slice(lastLine))) return Math.min(lastLine, limit);
	if (isWithin) return Math.min(stableCodeLength(source), limit);
	return stableInText(source, lastLine, lastLine, source.includes('~~~', lastLine) ? lastLine : limit, links);
}

/** Whether some readers may take the first line of a fence for that of a table, as far as its second line tells. */
function mayBeHeader(fence: string): boolean {
	const [opening = '', second = '', ...others] = fence.split('\n', 3);
	return opening.includes('|') && (others.length === 0 || isDelimiterLine(second));
}

/** `from` is where the paragraph begins that the unfinished last line may belong to. */
function stableInText(source: string, from: number, lastLine: number, limit: number, links: LinkRule | undefined): number {
	if (limit <= from) return limit;
	const text = source.slice(from);
	const scan = scanInline(text, { links });
	// What may be a table stays final with its second line in full, or up to the bars of its first one.
	const tables = findTableStarts(text).map(({ start, end }) => ({ end, stable: stableBeforeTable(text, scan, start) }));
	let stable = Math.min(outside(scan.held, Math.min(scan.stableLength, limit - from)), stableBeforeTable(text, scan, lastLine - from));
	for (let attempt = 0; attempt < mostAttempts; attempt++) {
		const inTables = tables.filter(({ end }) => stable < end).map((table) => table.stable);
		const shorter = Math.min(stable, ...inTables, stableWithoutLookalike(text, scan, stable));
		if (shorter === stable) return from + stable;
		stable = shorter;
	}
	return from;
}

/** What ends before one lookalike may end in another one, which takes another look; after so many, nothing of the paragraph is final. */
const mostAttempts = 10;

/** A line's beginning that may yet be a fence's. */
const MAY_BECOME_FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*(?:`{1,2}$|`{3}[^`]*$|~)/;

/** A line's beginning, standing alone. */
const FENCE_OPENING = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*`{3,}[^`]*$/;

/** What is left of the last line must not look like a fence's opening, or the second line of a table, which the whole line is not. */
function stableWithoutLookalike(text: string, scan: InlineScan, stable: number): number {
	const line = startOfLine(text, stable);
	const rest = text.slice(line, stable);
	if (FENCE_OPENING.test(rest)) return outside(scan.held, line);
	return line > 0 && isDelimiterLine(rest) ? Math.min(stable, stableBeforeTable(text, scan, startOfLine(text, line - 1))) : stable;
}

/** What stays final should the line turn out to be the first row of a table, which ends the paragraph and cuts the line at its bars. */
function stableBeforeTable(text: string, scan: InlineScan, line: number): number {
	const lineEnd = text.indexOf('\n', line);
	const bar = text.indexOf('|', line);
	const firstBar = bar < 0 || (lineEnd >= 0 && bar > lineEnd) ? text.length : bar;
	const beforeLine = outside(scan.held, line);
	return beforeLine < line || dependsOnLinesBefore(text.slice(0, line)) ? beforeLine : outside(scan.held, firstBar);
}

/** Whether a line reads otherwise behind these lines of its paragraph than it does as a row. */
function dependsOnLinesBefore(lines: string): boolean {
	if (!/[`[]/.test(lines)) return false;
	const { isDoubtful, mayDefine } = scanInline(lines);
	return isDoubtful || mayDefine;
}

function startOfLine(text: string, position: number): number {
	return position <= 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
}

/** The line whose line break is at `end`. */
function lineEndingAt(text: string, end: number): string {
	return text.slice(startOfLine(text, end), Math.max(end, 0));
}
