/** Makes model text safe for platforms that show standard Markdown, and tells how much of unfinished text is final. */

import { type InlineScan, outside, scanInline } from './inline-scan.ts';
import { type Leaf, readLeaves } from './leaves.ts';
import { stableCodeLength } from './mention.ts';
import { type Dialect, renderLeaves, SUSPECT } from './render-leaves.ts';

export { makeCodeSafe } from './mention.ts';

/** Slack's, where commands ping from within code too. */
const strictDialect: Dialect = { knowsCode: true, pingsInCode: true };

/** For platforms where nothing pings from within code: it stays byte for byte. */
export const quietCode: Dialect = { knowsCode: true, pingsInCode: false };

/** For what shows links, but takes code for text. */
export const withoutCode: Dialect = { knowsCode: false, pingsInCode: false };

/**
 * One block's source, safe to show: nobody is pinged, no image is fetched, no link hides where it leads. Links lead to the web
 * or to a mail address; any other is shown with its address as code. All other text stays as it is, byte for byte. Linear in
 * the length of the source. `last-reading.ts` finds what this leaves alive in rare texts.
 */
export function makeInlineSafe(source: string, dialect = strictDialect): string {
	return SUSPECT.test(source) || hasUncertainFence(source) ? renderLeaves(source, dialect) : source;
}

/** Whether readers may differ about a fence: it is not the whole block, or has bars behind its marker as a table's header has. */
function hasUncertainFence(source: string): boolean {
	if (!source.includes('```') && !source.includes('~~~')) return false;
	return !/^ {0,3}(?:`{3}|~{3})/.test(source) || (source.split('\n', 1)[0] ?? '').includes('|');
}

/** The ranges of a block's source that must not be cut: links, code spans, addresses in angle brackets. In order. */
export function readAtoms(source: string): [start: number, end: number][] {
	return readLeaves(source).flatMap((leaf) =>
		leaf.kind === 'text'
			? scanInline(source.slice(leaf.start, leaf.end)).atoms.map(([start, end]): [number, number] => [start + leaf.start, end + leaf.start])
			: [],
	);
}

/**
 * How much of an unfinished block's source is final: `makeInlineSafe` of that much is a prefix of `makeInlineSafe` of any
 * continuation. It ends before an open link, code span or mention, and before a line that may become a table.
 */
export function stablePrefixLength(source: string): number {
	const lastLine = source.lastIndexOf('\n') + 1;
	const isOpen = lastLine > 0 && (MAY_BECOME_FENCE.test(source.slice(lastLine)) || isUncertain(source));
	return isOpen ? Math.min(lastLine, readStableLength(source, lastLine)) : readStableLength(source, lastLine);
}

function readStableLength(source: string, lastLine: number): number {
	const before = readLeaves(source.slice(0, lastLine)).at(-1);
	const isTouched = before !== undefined && before.end === lastLine;
	// A blank line ends everything but a fence.
	const isContinued = isTouched && (before.kind === 'code' || /[^\s>]/.test(lineEndingAt(source, lastLine - 1)));
	if (isContinued && before.kind === 'table') return lastLine;
	if (isContinued && before.kind === 'code') return stableAfterFence(source, before, lastLine);
	const stable = stableInText(source, isContinued ? before.start : lastLine, lastLine);
	// A line with tildes may open a fence, whose first line is not read as text.
	return source.includes('~~~', lastLine) ? Math.min(stable, lastLine) : stable;
}

/** Whether readers differ about how the source ends. */
function isUncertain(source: string): boolean {
	return /```|~~~/.test(source) && readLeaves(source).at(-1)?.isCertain === false;
}

/** The unfinished last line belongs to the fence before it, or it does not, or that is not decided before its first character. */
function stableAfterFence(source: string, fence: Leaf, lastLine: number): number {
	const isWithin = readLeaves(source).some((leaf) => leaf.start === fence.start && leaf.end > lastLine);
	const isTopLevel = /^ {0,3}[`~]/.test(source) && fence.start === 0;
	if (!isTopLevel && !/[^\s>]/.test(source.slice(lastLine))) return lastLine;
	if (isWithin) return stableCodeLength(source);
	return source.includes('~~~', lastLine) ? lastLine : stableInText(source, lastLine, lastLine);
}

/** `from` is where the paragraph begins that the unfinished last line may belong to. */
function stableInText(source: string, from: number, lastLine: number): number {
	const text = source.slice(from);
	const scan = scanInline(text);
	const last = lastLine - from;
	const previous = startOfLine(text, last - 1);
	const mayBeHeader = text.slice(previous, last).includes('|') && /^[\s>|:-]*$/.test(text.slice(last));
	const lines = mayBeHeader ? [last, previous] : [last];
	const stable = Math.min(scan.stableLength, ...lines.map((line) => stableBeforeTable(text, scan, line)));
	return from + stableWithoutLookalike(text, scan, stable);
}

/** A line's beginning that may yet be a fence's. */
const MAY_BECOME_FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*(?:`{1,2}$|`{3}[^`]*$|~)/;

/** A line's beginning, standing alone. */
const FENCE_OPENING = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*`{3,}[^`]*$/;
const DELIMITER_ROW = /^[\s>|:-]+$/;

/** What is left of the last line must not look like a fence's opening, or the second line of a table, which the whole line is not. */
function stableWithoutLookalike(text: string, scan: InlineScan, stable: number): number {
	const line = startOfLine(text, stable);
	const above = startOfLine(text, line - 1);
	const rest = text.slice(line, stable);
	if (FENCE_OPENING.test(rest)) return outside(scan.held, line);
	const looksLikeRow = line > 0 && DELIMITER_ROW.test(rest) && text.slice(above, line).includes('|');
	return looksLikeRow ? Math.min(stable, stableBeforeTable(text, scan, above)) : stable;
}

/** What stays final should the line turn out to be the first row of a table, which ends the paragraph and cuts the line at its bars. */
function stableBeforeTable(text: string, scan: InlineScan, line: number): number {
	const lineEnd = text.indexOf('\n', line);
	const bar = text.indexOf('|', line);
	const firstBar = bar < 0 || (lineEnd >= 0 && bar > lineEnd) ? text.length : bar;
	const beforeLine = outside(scan.held, line);
	return beforeLine < line ? beforeLine : outside(scan.held, firstBar);
}

function startOfLine(text: string, position: number): number {
	return position <= 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
}

/** The line whose line break is at `end`. */
function lineEndingAt(text: string, end: number): string {
	return text.slice(startOfLine(text, end), Math.max(end, 0));
}
