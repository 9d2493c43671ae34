/** Values of a database as people read them: every digit as the database has it, and nothing in a text that means anything to a chat. Pure. */

import { type Language, languageIn, type Words } from '../../locales/locales.ts';
import { toDisplayName } from '../../platform/display-name.ts';
import type { ColumnType } from '../guard/bounds.ts';

export interface ResultColumn {
	name: string;
	type: ColumnType;
	isBinary: boolean;
}

export type Cell = string | null;

/** Signs that every language reads: no value, true, false. */
const signs = { none: '—', yes: '✓', no: '✗' };

/** Of a table: longer texts stand whole in the file. */
const mostCharacters = 120;

/** What Markdown, mentions and addresses are made of. */
const meaningful = /[\\`*_{}[\]<>|~#@!]/g;

/** For a cell of a Markdown table, or a line. */
export function shownCell(cell: Cell, column: Pick<ResultColumn, 'type' | 'isBinary'>, words: Words): string {
	if (cell === null) return signs.none;
	if (column.isBinary) return words.companyData.binary;
	if (column.type === 'boolean') return isTrue(cell) ? signs.yes : signs.no;
	if (isNumeric(column) && isNumeral(cell)) return shownNumber(cell, languageIn(words));
	return inertText(cell);
}

/** Text that nobody wrote for a chat: on one line, and no part of it is read as a mark, a mention or a link. */
export function inertText(text: string, most = mostCharacters): string {
	return toDisplayName(text, most).replace(meaningful, '\\$&').replaceAll('://', ':\\/\\/');
}

export function isNumeric({ type }: Pick<ResultColumn, 'type'>): boolean {
	return type === 'integer' || type === 'decimal' || type === 'float';
}

export function isNumeral(cell: string): boolean {
	return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell);
}

/** Its digits are not touched: other languages have a comma before the decimals. */
function shownNumber(cell: string, language: Language): string {
	return language === 'es' ? cell.replace('.', ',') : cell;
}

/** PostgreSQL writes `t`, others 1. */
function isTrue(cell: string): boolean {
	return cell === 't' || cell === 'true' || cell === '1';
}
