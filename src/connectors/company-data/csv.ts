/** Rows of a database as a file that spreadsheets open: RFC 4180, in UTF-8 with its mark, every digit as the database has it. Pure. */

import { type Cell, isNumeral } from './shown-values.ts';

/** Without it Excel takes the bytes for another alphabet. */
const byteOrderMark = '\uFEFF';

/** With one of these a spreadsheet takes a cell for a formula ("CSV Injection", OWASP); a space or a line break before it changes nothing. */
const formula = /^[\s\u00A0]*[=+\-@\t\r＝＋－＠]/;

export function csvOf(names: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
	const lines = [names, ...rows].map((cells) => cells.map(field).join(','));
	return new TextEncoder().encode(`${byteOrderMark}${lines.join('\r\n')}\r\n`);
}

/** An apostrophe before a formula makes text of it. Numbers stay what they are. */
function field(cell: Cell): string {
	if (cell === null) return '';
	const safe = formula.test(cell) && !isNumeral(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
