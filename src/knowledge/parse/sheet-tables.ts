/** The cells of a sheet → the tables that people see in it, each with its header. Pure but for the list that it fills. */

import type { BlockList } from './block-list.ts';

export interface GridCell {
	column: number;
	text: string;
	/** Text, neither a number nor a date. */
	isName: boolean;
	/** The last column of those that are merged with it. */
	spansTo?: number;
}

export interface GridRow {
	/** From 0, as in the sheet: a gap is a blank row. */
	number: number;
	/** From left to right, only those with text. */
	cells: GridCell[];
}

interface Header {
	names: ReadonlyMap<number, string>;
}

/** Blank rows part tables; a part without a header of its own goes on with that of the one above. */
export function putTables(rows: readonly GridRow[], list: BlockList): void {
	let above: Header | null = null;
	for (const group of groupsOf(rows)) {
		for (const side of sidesOf(group)) above = putTable(side, above, list);
		if (list.isFull) return;
	}
}

function groupsOf(rows: readonly GridRow[]): GridRow[][] {
	const groups: GridRow[][] = [];
	let before = Number.NEGATIVE_INFINITY;
	for (const row of rows) {
		if (row.number - before > 1) groups.push([]);
		groups.at(-1)?.push(row);
		before = row.number;
	}
	return groups;
}

/** Tables that stand side by side, with a column between them that is empty throughout and a header of at least two names each. */
function sidesOf(rows: readonly GridRow[]): GridRow[][] {
	const used = new Set<number>();
	for (const { cells } of rows) {
		for (const { column, spansTo = column } of cells) for (let at = column; at <= spansTo; at++) used.add(at);
	}
	const columns = [...used].sort((one, other) => one - other);
	const starts = columns.filter((column, at) => at === 0 || column - (columns[at - 1] ?? column) > 1);
	const sides = starts.map((start, at) => {
		const end = starts[at + 1] ?? Number.POSITIVE_INFINITY;
		return rows
			.map(({ number, cells }) => ({ number, cells: cells.filter(({ column }) => column >= start && column < end) }))
			.filter(({ cells }) => cells.length > 0);
	});
	const areTables = sides.every((side) => side.length > 1 && side.some(({ cells }) => cells.length > 1));
	return areTables ? sides : [[...rows]];
}

/** @returns the header that rows below may go on with. */
function putTable(rows: readonly GridRow[], above: Header | null, list: BlockList): Header | null {
	const width = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column))).size;
	const titles = width === 1 ? rows.length : rows.findIndex(({ cells }) => cells.length > 1);
	for (const { cells } of rows.slice(0, titles)) list.paragraph(cells.map(({ text }) => text).join(' '));
	const body = rows.slice(titles);
	const headerRows = countHeaderRows(body, width);
	const header = headerRows > 0 ? { names: namesOf(body.slice(0, headerRows)) } : fitting(above, body);
	const data = body.slice(headerRows);
	const columns = [...new Set([...(header?.names.keys() ?? []), ...body.flatMap(({ cells }) => cells.map(({ column }) => column))])].sort(
		(one, other) => one - other,
	);
	list.table(
		header === null ? [] : columns.map((column) => header.names.get(column) ?? ''),
		data.map(({ cells }) => {
			const texts = new Map(cells.map(({ column, text }) => [column, text]));
			return columns.map((column) => texts.get(column) ?? '');
		}),
	);
	return header ?? above;
}

/** Names alone, over more than half of the columns. Two rows where the first has names that go over several columns. */
function countHeaderRows([first, second, third]: readonly GridRow[], width: number): number {
	if (first === undefined || second === undefined || !isNames(first) || covers(first) * 2 < width) return 0;
	const isDivided = first.cells.some(({ column, spansTo = column }) => spansTo > column);
	return isDivided && third !== undefined && isNames(second) ? 2 : 1;
}

const isNames = ({ cells }: GridRow) => cells.every(({ isName }) => isName);
const covers = ({ cells }: GridRow) => cells.reduce((sum, { column, spansTo = column }) => sum + spansTo - column + 1, 0);

function namesOf(rows: readonly GridRow[]): Map<number, string> {
	const names = new Map<number, string>();
	for (const { cells } of rows) {
		for (const { column, text, spansTo = column } of cells) {
			for (let at = column; at <= spansTo; at++)
				names.set(at, names.has(at) && names.get(at) !== text ? `${names.get(at)} / ${text}` : text);
		}
	}
	return names;
}

function fitting(header: Header | null, rows: readonly GridRow[]): Header | null {
	return header !== null && rows.every(({ cells }) => cells.every(({ column }) => header.names.has(column))) ? header : null;
}
