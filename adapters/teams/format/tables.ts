/** Markdown tables, which Teams' text does not know: aligned in a code block, or as the table of a card. Pure. */

import type { Json } from '../json.ts';

/** Wider columns are not filled up: their rows would only be broken. */
const alignedCharacters = 40;
/** How much longer than its source a table may become by being aligned. */
const growth = 3;

/** The cells of a Markdown table, header first, without the delimiter row. Each row has as many as the header. */
export function readTableCells(source: string): string[][] {
	const [header = '', , ...rows] = source.split('\n');
	const titles = readCells(header);
	const fit = (cells: readonly string[]) => titles.map((_title, index) => cells[index] ?? '');
	return [titles, ...rows.map((row) => fit(readCells(row)))];
}

/** The table as a code block: a monospace font keeps its columns apart. */
export function drawTable(source: string): string {
	const rows = readTableCells(source).map((row) => row.map(toPlain));
	const widths = (rows[0] ?? []).map((_title, index) =>
		Math.min(alignedCharacters, Math.max(...rows.map((row) => widthOf(row[index] ?? '')))),
	);
	const aligned = drawRows(rows, widths);
	const text =
		aligned.length > source.length * growth
			? drawRows(
					rows,
					widths.map(() => 1),
				)
			: aligned;
	const marker = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
	return `${marker}\n${text}\n${marker}`;
}

/** "Table" of Adaptive Cards 1.5. */
export function toTableElement(source: string, toText: (cell: string) => string): Json {
	const [header = [], ...rows] = readTableCells(source);
	const toRow = (cells: string[]): Json => ({
		type: 'TableRow',
		cells: cells.map((cell) => ({ type: 'TableCell', items: [{ type: 'TextBlock', text: toText(cell), wrap: true }] })),
	});
	return {
		type: 'Table',
		firstRowAsHeader: true,
		columns: header.map(() => ({ width: 1 })),
		rows: [header, ...rows].map(toRow),
	};
}

function readCells(row: string): string[] {
	const cells = row
		.trim()
		.split(/(?<!\\)\|/)
		.map((cell) => cell.trim().replaceAll('\\|', '|'));
	return cells.slice(cells[0] === '' ? 1 : 0, cells.length > 1 && cells.at(-1) === '' ? -1 : undefined);
}

function drawRows(rows: readonly string[][], widths: readonly number[]): string {
	const drawRow = (row: readonly string[]) =>
		row
			.map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))))
			.join(' | ')
			.trimEnd();
	const [header = [], ...body] = rows;
	const rule = widths.map((width) => '-'.repeat(width)).join('-+-');
	return [drawRow(header), rule, ...body.map(drawRow)].join('\n');
}

/** What a code block would show as marks: emphasis, code spans, and links, whose address is kept. */
function toPlain(cell: string): string {
	return cell
		.replace(/\[([^[\]]*)\]\(<?([^()<>\s]*)>?[^()]*\)/g, (_link, label: string, url: string) => (label === url ? url : `${label} (${url})`))
		.replace(/<((?:https?|mailto):[^<>\s]*)>/g, '$1')
		.replace(MARKED, toUnmarked)
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&')
		.replace(/<(?=\/?at\b)/gi, '<\u200b');
}

/** Code, an escaped character, or emphasis. */
const MARKED = /`([^`]*)`|\\([!-/:-@[-`{-~])|(\*\*|__|~~)(?=\S)(.*?\S)\3/g;

function toUnmarked(_whole: string, code?: string, escaped?: string, _mark?: string, emphasised = ''): string {
	return code ?? escaped ?? emphasised.replace(/`([^`]*)`|\\([!-/:-@[-`{-~])/g, toUnmarked);
}

const segmenter = new Intl.Segmenter();

/** In columns of a monospace font, near enough: wide characters, such as emoji and Chinese, take two. */
function widthOf(text: string): number {
	let width = 0;
	for (const { segment } of segmenter.segment(text))
		width += /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(segment)
			? 2
			: 1;
	return width;
}
