/** Comma-separated values, and those of other separators → one table. Cells stay text: `007`, `1,5` and telephone numbers are no numbers. */

import { parse } from 'csv-parse/sync';
import { type BlockList, mostRows } from './block-list.ts';
import { isName } from './html-table.ts';

const separators = [',', ';', '\t', '|'];
/** What the separator is told by. */
const lookedAtRows = 50;

export function readSeparatedValues(text: string, list: BlockList): void {
	// Excel's own line for it.
	const [whole = '', named] = /^\ufeff?sep=(.)\r?\n/i.exec(text) ?? [];
	const body = text.slice(whole.length);
	// One more than are kept, and the header: so it is seen that there are more.
	const rows = readRows(body, named ?? separatorOf(body), mostRows + 2);
	const [first = [], ...others] = rows;
	const hasHeader = others.length > 0 && first.filter((cell) => cell.trim() !== '').every(isName);
	list.table(hasHeader ? first : [], hasHeader ? others : rows);
}

/** That which gives most rows the same number of columns, and more than one. */
function separatorOf(text: string): string {
	const scored = separators.map((separator) => {
		const widths = readRows(text, separator, lookedAtRows).map(({ length }) => length);
		const usual = mostFrequent(widths);
		const agreeing = widths.filter((width) => width === usual).length / Math.max(widths.length, 1);
		return { separator, score: usual > 1 ? agreeing + Math.min(usual, 100) / 1_000 : 0 };
	});
	return scored.reduce((best, next) => (next.score > best.score ? next : best)).separator;
}

function mostFrequent(widths: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
	return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** A quotation mark that is never closed is a mark like others. */
function readRows(text: string, delimiter: string, to: number): string[][] {
	try {
		return parseRows(text, delimiter, to, '"');
	} catch {
		return parseRows(text, delimiter, to, false);
	}
}

function parseRows(text: string, delimiter: string, to: number, quote: string | false): string[][] {
	return parse(text, {
		delimiter,
		quote,
		bom: true,
		relax_column_count: true,
		relax_quotes: true,
		skip_empty_lines: true,
		to,
	});
}
