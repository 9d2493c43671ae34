/** Rows of a database as a Markdown table, which each platform shows in its own form. Pure. */

import type { Words } from '../../locales/locales.ts';
import { type Cell, inertText, isNumeric, type ResultColumn, shownCell } from './shown-values.ts';

/** What a message carries and a person reads; the file has all. */
const mostShownRows = 50;
const mostShownColumns = 20;
/** Of a name, which stands above each column. */
const mostNameCharacters = 40;

export interface ShownTable {
	markdown: string;
	shownRows: number;
	shownColumns: number;
}

/** Null where there is nothing to see. */
export function resultTable(columns: readonly ResultColumn[], rows: readonly (readonly Cell[])[], words: Words): ShownTable | null {
	if (columns.length === 0 || rows.length === 0) return null;
	const shown = columns.slice(0, mostShownColumns);
	const lines = rows
		.slice(0, mostShownRows)
		.map((row) => lineOf(shown.map((column, index) => shownCell(row[index] ?? null, column, words))));
	const head = lineOf(shown.map(({ name }) => shownName(name)));
	const rule = lineOf(shown.map((column) => (isNumeric(column) ? '---:' : '---')));
	return { markdown: [head, rule, ...lines].join('\n'), shownRows: lines.length, shownColumns: shown.length };
}

/** A column of a database, or what the statement calls it: `total_units` reads as words. */
export function shownName(name: string): string {
	return inertText(name.replaceAll('_', ' '), mostNameCharacters) || '?';
}

function lineOf(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}
