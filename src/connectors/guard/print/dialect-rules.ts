/** How one dialect differs from the others, as data. `{0}` and `{1}` stand for printed parts; what a dialect has no template for it cannot say. */

import type { ColumnType, SqlDialect } from '../bounds.ts';
import type { CastTarget, IntervalUnit } from '../query.ts';

export interface DialectRules {
	dialect: SqlDialect;
	/** Which column of `function-templates.ts` is meant. */
	family: 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver';
	nameQuotes: readonly [string, string];
	/** `backslash` may not stand in a text, since what it means depends on the server's settings; with `escaped` it is written twice in E''. */
	backslash: 'escaped' | 'plain' | 'refused';
	text: string;
	date: string;
	timestamp: string;
	/** SQL Server has no truth values: there a predicate becomes 1 or 0, and a column is compared with 1. */
	hasBooleans: boolean;
	/** Whether it knows NULLS FIRST; else it is sorted by whether there is a value first. */
	knowsNulls: boolean;
	knowsFilter: boolean;
	knowsFullJoin: boolean;
	/** INTERSECT ALL and EXCEPT ALL. */
	knowsAll: boolean;
	/** WITH within a query that stands in another. */
	knowsInnerWith: boolean;
	/** TOP and OFFSET … FETCH instead of LIMIT. */
	limitsByTop: boolean;
	/** Whether it sorts by what is the same for all rows, and twice by the same. */
	sortsByAnything: boolean;
	/** Moments with a zone beside literals and in functions. */
	knowsZones: boolean;
	/** A column of text, so that it is compared by its characters. */
	textColumn: string;
	/** A text that is compared by order. */
	orderedText: string;
	concat: string;
	same: string;
	/** A decimal that is added to another or taken from it. */
	addedDecimal: string;
	division: string;
	floatDivision: string;
	/** Of decimals. */
	knowsDecimalRemainder: boolean;
	daysBetween: string;
	/** A decimal that is shown, where drivers make something else of it. */
	shownDecimal: string;
	/** By the target's type, or `from>to` where that differs. `{1}` and `{2}` are the digits of a decimal. */
	casts: Readonly<Partial<Record<CastTarget['type'] | `${ColumnType}>${CastTarget['type']}` | 'digits', string>>>;
	units: Readonly<Record<IntervalUnit, string>>;
}

/** The parts into the template; what stands within a part is no template any more. */
export function fill(template: string, ...parts: readonly string[]): string {
	return template.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
