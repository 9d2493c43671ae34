/** The block rule for GFM tables: finds the lines that a table takes, without cutting them into cells. */

import type { StateBlock } from 'markdown-it';

/** `| --- | :-: |`, with or without the outer bars. */
const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;

/** What begins a fence, a heading, a quote or a list, whatever bars it has: they come before tables. */
const OTHER_BLOCK = /^(?:`{3,}[^`]*$|~{3}|>|#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t])/;

/**
 * A rule for markdown-it's block parser in place of its own, which makes tokens for every cell: a header of many columns over
 * many short rows would cost a hundred times the text ("GitHub Flavored Markdown Spec", tables).
 */
export function readTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	return !OTHER_BLOCK.test(readLine(state, startLine)) && readAnyTable(state, startLine, endLine, silent);
}

/** The same for readers who look for tables before anything else. */
export function readAnyTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	if (startLine + 2 > endLine || !isTableStart(state, startLine)) return false;
	if (silent) return true;
	const parentType = state.parentType;
	state.parentType = 'table';
	let line = startLine + 2;
	while (line < endLine && isRow(state, line, endLine)) line++;
	state.parentType = parentType;
	state.push('table', 'table', 0).map = [startLine, line];
	state.line = line;
	return true;
}

/** The same rule for tables that begin with a bar when they interrupt a paragraph. */
export function readPlainTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	return (!silent || readLine(state, startLine).startsWith('|')) && readTable(state, startLine, endLine, silent);
}

function isTableStart(state: StateBlock, line: number): boolean {
	const header = readLine(state, line);
	if (isIndented(state, line) || isIndented(state, line + 1) || !header.includes('|')) return false;
	const delimiters = readLine(state, line + 1);
	// A lone `-` begins a list, not a table.
	return (
		!/^-[ \t]/.test(delimiters) && delimiters.length > 1 && DELIMITER_ROW.test(delimiters) && countCells(header) === countCells(delimiters)
	);
}

function isRow(state: StateBlock, line: number, endLine: number): boolean {
	if (isIndented(state, line) || readLine(state, line) === '') return false;
	return !state.md.block.ruler.getRules('blockquote').some((rule) => rule(state, line, endLine, true));
}

/** Outside its container, or so far inside that it is no table row. */
function isIndented(state: StateBlock, line: number): boolean {
	const indent = (state.sCount[line] ?? 0) - state.blkIndent;
	return indent < 0 || indent >= 4;
}

function readLine(state: StateBlock, line: number): string {
	return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
}

function countCells(row: string): number {
	const cells = row.split(/(?<!\\)\|/);
	return cells.length - (cells[0] === '' ? 1 : 0) - (cells.at(-1) === '' ? 1 : 0);
}
