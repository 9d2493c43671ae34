/** Tables, which Discord does not know: as monospaced text where they are narrow, otherwise row by row. Pure. */

import { mentionBreak } from '#src/markdown/mention.ts';
import { renderLines } from './inline.ts';
import { displayWidth } from './width.ts';

/** Wider code blocks wrap their lines in a narrow window, and at once on a phone. */
const maxColumns = 64;
/** More cells a row than fit beside each other anyhow. */
const maxCells = 16;

const MARKS = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*/;
const LINK = /\]\(|https?:\/\//;

type Alignment = 'left' | 'right' | 'center';

/** Header, delimiter row and rows; marks of quotes before them become a quote. */
export function renderTable(table: string): string {
	const lines = table.replace(/\n+$/, '').split('\n');
	const quote = (MARKS.exec(lines[0] ?? '')?.[0] ?? '').includes('>') ? '> ' : '';
	const [header = [], delimiters = [], ...rows] = lines.map((line) => splitRow(line.replace(MARKS, '')));
	const rendered = renderGrid([header, ...rows], delimiters.map(alignmentOf)) ?? renderRows(header, rows);
	return rendered.map((line) => quote + line).join('\n') + (table.endsWith('\n') ? '\n' : '');
}

/** Null when the table is too wide, or has links, which nobody could follow from within code. */
function renderGrid(rows: string[][], alignments: Alignment[]): string[] | null {
	const columns = rows[0]?.length ?? 0;
	if (columns > maxCells || rows.some((row) => row.slice(0, columns).some((cell) => LINK.test(cell)))) return null;
	const cells = rows.map((row) => Array.from({ length: columns }, (_unused, column) => toPlain(row[column] ?? '')));
	const widths = Array.from({ length: columns }, (_unused, column) => Math.max(1, ...cells.map((row) => displayWidth(row[column] ?? ''))));
	if (widths.reduce((sum, width) => sum + width + 3, -3) > maxColumns) return null;
	const renderRow = (row: string[]) =>
		row
			.map((cell, column) => pad(cell, widths[column] ?? 0, alignments[column] ?? 'left'))
			.join(' | ')
			.trimEnd();
	const [header = [], ...body] = cells;
	return ['```', renderRow(header), widths.map((width) => '-'.repeat(width)).join('-+-'), ...body.map(renderRow), '```'];
}

/** Each row as its cells, named by the header; rows apart from each other. */
function renderRows(header: string[], rows: string[][]): string[] {
	if (rows.length === 0) return header.map((cell) => `**${title(cell)}**`);
	return rows.flatMap((row, index) => {
		const cells = row.slice(0, header.length).flatMap((cell, column) => {
			const name = title(header[column] ?? '');
			const value = renderLines(withoutBreaks(cell));
			if (value === '') return [];
			return [name === '' ? value : `**${name}:** ${value}`];
		});
		return index === 0 ? cells : ['', ...cells];
	});
}

function title(cell: string): string {
	return renderLines(withoutBreaks(cell)).replace(/\*\*/g, '').replace(/:$/, '');
}

/** The cells between the bars; an escaped bar is part of a cell. */
function splitRow(line: string): string[] {
	const cells = line.trim().split(/(?<!\\)\|/);
	if (cells[0] === '') cells.shift();
	if (cells.at(-1)?.trim() === '') cells.pop();
	return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function alignmentOf(delimiter: string): Alignment {
	if (!delimiter.endsWith(':')) return 'left';
	return delimiter.startsWith(':') ? 'center' : 'right';
}

/** A cell as code shows it: without the marks of emphasis and code, escapes and entities written out. */
function toPlain(cell: string): string {
	return withoutBreaks(cell)
		.replace(/\\([!-/:-@[-`{-~])|\*{1,3}|`+|~~|__|&(?:lt|gt|amp|quot|nbsp);/g, (match, escaped?: string) => escaped ?? (plain[match] || ''))
		.replace(/``(?=`)/g, `\`\`${mentionBreak}`)
		.trim();
}

const plain: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&nbsp;': ' ' };

function withoutBreaks(cell: string): string {
	return cell.replace(/[ \t]*<br[ \t]*\/?>[ \t]*/gi, ' ');
}

function pad(cell: string, width: number, alignment: Alignment): string {
	const missing = Math.max(0, width - displayWidth(cell));
	const before = alignment === 'right' ? missing : alignment === 'center' ? Math.floor(missing / 2) : 0;
	return ' '.repeat(before) + cell + ' '.repeat(missing - before);
}
