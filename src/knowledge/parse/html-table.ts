/** One table of an HTML page while it is read. */

import type { BlockList } from './block-list.ts';

/** More than any table that people read; `colspan` can say a billion. */
const mostSpan = 50;

export interface HtmlTable {
	row(): void;
	/** @param span over how many columns it goes. */
	cell(isHeader: boolean, span: number): void;
	/** Goes into the cell that is open; text between cells is dropped, as by no browser, but into its place. */
	text(text: string): void;
	asText(): string;
	putInto(list: BlockList): void;
}

interface HtmlRow {
	cells: string[];
	headerCells: number;
}

export function createHtmlTable(): HtmlTable {
	const rows: HtmlRow[] = [];
	/** A caption stands before the first row. */
	let caption = '';
	/** The columns that the last cell goes over. */
	let spanned = 1;

	return {
		row() {
			rows.push({ cells: [], headerCells: 0 });
		},
		cell(isHeader, span) {
			if (rows.length === 0) rows.push({ cells: [], headerCells: 0 });
			const row = rows.at(-1);
			spanned = Number.isInteger(span) ? Math.min(Math.max(span, 1), mostSpan) : 1;
			row?.cells.push(...Array<string>(spanned).fill(''));
			if (row !== undefined && isHeader) row.headerCells += spanned;
		},
		text(text) {
			const cells = rows.at(-1)?.cells;
			if (cells === undefined || cells.length === 0) caption += text;
			// In a header each column has the name; in the rows the text stands once.
			else cells[cells.length - spanned] += text;
		},
		asText: () =>
			`${[
				caption,
				...rows.map(({ cells }) =>
					cells
						.map((cell) => cell.trim())
						.filter(Boolean)
						.join(' | '),
				),
			]
				.join('\n')
				.trim()}\n`,
		putInto(list) {
			list.paragraph(caption);
			const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
			const [first, ...others] = filled;
			const hasHeader = first !== undefined && others.length > 0 && isHeaderRow(first, others);
			const body = hasHeader ? others : filled;
			list.table(
				hasHeader ? first.cells : [],
				body.map(({ cells }) => cells),
			);
		},
	};
}

/** Marked as one; or, since Word and many pages mark none, a full row of names over rows of the same width. */
function isHeaderRow(first: HtmlRow, others: readonly HtmlRow[]): boolean {
	const width = Math.max(...others.slice(0, 100).map(({ cells }) => cells.length));
	if (first.headerCells === first.cells.length) return true;
	if (others.some(({ headerCells }) => headerCells > 1)) return false;
	return first.cells.length === width && width > 1 && first.cells.every((cell) => isName(cell));
}

/** Words, not a number or a sentence. */
export function isName(cell: string): boolean {
	const text = cell.trim();
	return text !== '' && text.length <= 100 && /\p{L}/u.test(text) && !/^\W*\d[\d.,:/ -]*\W*$/u.test(text);
}
