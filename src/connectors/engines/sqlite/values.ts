/** SQLite's values as text, and what the types that people declare there stand for. Pure. */

import type { SQLOutputValue } from 'node:sqlite';
import type { ColumnType } from '../../guard/bounds.ts';
import { hexOf } from '../row-budget.ts';

/** The first that fits; in the order of SQLite's own rules of affinity, with what people mean by other names before them. */
const meanings: readonly (readonly [RegExp, ColumnType])[] = [
	[/BOOL/, 'boolean'],
	[/TIMESTAMP|DATETIME/, 'timestamp'],
	[/DATE/, 'date'],
	[/TIME|JSON|BLOB/, 'other'],
	[/INT/, 'integer'],
	[/CHAR|CLOB|TEXT|UUID/, 'text'],
	[/REAL|FLOA|DOUB/, 'float'],
	[/NUM|DEC/, 'decimal'],
];

export function declaredType(declared: string): ColumnType {
	const upper = declared.toUpperCase();
	return meanings.find(([pattern]) => pattern.test(upper))?.[1] ?? 'other';
}

export function sqliteText(value: SQLOutputValue): string | null {
	if (value === null) return null;
	return value instanceof Uint8Array ? hexOf(value) : String(value);
}
