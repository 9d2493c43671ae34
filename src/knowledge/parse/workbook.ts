/** Workbooks of Excel and OpenDocument → a heading for each sheet, and its tables. */

import { type CellObject, type DenseWorkSheet, read, type WorkBook } from '@e965/xlsx';
import { type BlockList, mostRows } from './block-list.ts';
import { Rejection } from './rejection.ts';
import { type GridCell, type GridRow, putTables } from './sheet-tables.ts';

/** @throws Rejection `password`, `corrupt`. */
export async function readWorkbook(bytes: Uint8Array, list: BlockList): Promise<string | null> {
	const workbook = open(bytes);
	for (const name of workbook.SheetNames) {
		const sheet = workbook.Sheets[name] as DenseWorkSheet | undefined;
		const rows = sheet === undefined ? [] : rowsOf(sheet);
		// Where rows were left out, the sheet says how far it would have gone.
		if (sheet?.['!fullref'] !== undefined && sheet['!fullref'] !== sheet['!ref']) list.omit();
		if (rows.length > 0) list.heading(1, name);
		putTables(rows, list);
	}
	return workbook.Props?.Title ?? null;
}

function open(bytes: Uint8Array): WorkBook {
	try {
		return read(bytes, {
			type: 'array',
			dense: true,
			cellDates: true,
			cellFormula: false,
			cellHTML: false,
			bookVBA: false,
			sheetRows: mostRows,
		});
	} catch (error) {
		const isLocked = error instanceof Error && /password|encrypt/i.test(error.message);
		throw new Rejection(isLocked ? 'password' : 'corrupt');
	}
}

/** Only cells that are there: a file of five may say that it has seventeen billion. */
function rowsOf(sheet: DenseWorkSheet): GridRow[] {
	const rows: GridRow[] = [];
	for (const [number, cells] of storedIn(sheet['!data'])) {
		const filled: GridCell[] = [];
		for (const [column, cell] of storedIn(cells)) {
			const text = textOfCell(cell);
			if (text !== '') filled.push({ column, text, isName: cell.t === 's' });
		}
		if (filled.length > 0) rows.push({ number, cells: filled });
	}
	return withMergedNames(rows, sheet);
}

function storedIn<T>(list: readonly T[] | undefined): [number, T][] {
	return Object.keys(list ?? [])
		.map((key) => [Number(key), list?.[Number(key)]] as [number, T])
		.filter(([, value]) => value !== undefined && value !== null);
}

/** As the sheet shows it, with a date that means the same everywhere beside it. */
function textOfCell(cell: CellObject): string {
	if (cell.t === 'z') return '';
	const shown = (isRounded(cell) ? String(cell.v) : (cell.w ?? String(cell.v ?? ''))).trim();
	if (!(cell.v instanceof Date) || Number.isNaN(cell.v.getTime())) return shown;
	const [day = '', time = ''] = cell.v.toISOString().split('T');
	// Excel's day 0, for what is a time alone.
	if (day < '1900-01-02') return shown;
	const iso = /^00:00:0/.test(time) ? day : `${day} ${time.slice(0, 5)}`;
	return shown === '' || shown === iso ? iso : `${shown} (${iso})`;
}

/** A long number, such as an order's, that is shown as `4.11E+15` where its column has no format. */
function isRounded({ t: type, v: value, w: shown = '' }: CellObject): boolean {
	return type === 'n' && Number.isSafeInteger(value) && /^-?\d(?:\.\d+)?E\+\d+$/.test(shown);
}

/** Merges of Excel go to the last row and column; a header spans some. */
const mostMergedColumns = 100;

/** A name over several columns counts for each of them. */
function withMergedNames(rows: GridRow[], sheet: DenseWorkSheet): GridRow[] {
	const byNumber = new Map(rows.map((row) => [row.number, row]));
	for (const { s: start, e: end } of sheet['!merges'] ?? []) {
		const row = byNumber.get(start.r);
		const cell = row?.cells.find(({ column }) => column === start.c);
		if (row === undefined || cell === undefined || end.c - start.c > mostMergedColumns) continue;
		cell.spansTo = end.c;
	}
	return rows;
}
