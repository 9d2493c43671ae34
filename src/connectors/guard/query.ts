/**
 * A checked statement: the guard's own tree, in which nothing can stand that is not allowed. Names are resolved, every value has a type, stars are columns,
 * a division is by something that is not zero, and CASE has conditions. StatementReading makes it, printing says it in a dialect.
 */

import type { ColumnType, ReadableRelation } from './bounds.ts';

/** `interval` is not shown outside PostgreSQL; `null` is the type of NULL alone. */
export type ValueType = ColumnType | 'interval' | 'null';

export type IntervalUnit = 'month' | 'day' | 'hour' | 'minute' | 'second';

export interface CastTarget {
	type: 'text' | 'integer' | 'decimal' | 'float' | 'boolean' | 'date' | 'timestamp';
	/** Of a decimal; null for as many digits as the database keeps. */
	digits: { precision: number; scale: number } | null;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type TruthTest = 'true' | 'not true' | 'false' | 'not false' | 'unknown' | 'not unknown';

export type Literal =
	| { kind: 'text'; value: string }
	| { kind: 'number'; type: 'integer' | 'decimal'; value: string }
	| { kind: 'boolean'; value: boolean }
	| { kind: 'moment'; type: 'date' | 'timestamp'; value: string }
	| { kind: 'null' };

export type Predicate =
	| { kind: 'compare'; operator: ComparisonOperator; left: Expression; right: Expression }
	| { kind: 'same'; negated: boolean; left: Expression; right: Expression }
	| { kind: 'logic'; operator: 'and' | 'or'; operands: Expression[] }
	| { kind: 'not'; operand: Expression }
	| { kind: 'is-null'; negated: boolean; operand: Expression }
	| { kind: 'is-truth'; test: TruthTest; operand: Expression }
	| { kind: 'in-list'; negated: boolean; operand: Expression; items: Expression[] }
	| { kind: 'in-query'; negated: boolean; operand: Expression; query: Query }
	| { kind: 'exists'; query: Query }
	| { kind: 'between'; negated: boolean; operand: Expression; low: Expression; high: Expression }
	/** `escapedBy` is null where the pattern has PostgreSQL's own, the backslash. */
	| { kind: 'like'; negated: boolean; anyCase: boolean; operand: Expression; pattern: Expression; escapedBy: string | null };

export type Expression =
	| Literal
	| Predicate
	| { kind: 'column'; source: string; name: string; type: ColumnType }
	| { kind: 'negative'; operand: Expression; type: ValueType }
	| { kind: 'arithmetic'; operator: ArithmeticOperator; left: Expression; right: Expression; type: ValueType }
	| { kind: 'concat'; left: Expression; right: Expression }
	/** A date or time and so many units later or, with a negative amount, earlier. */
	| {
			kind: 'shift';
			operand: Expression;
			amount: Expression;
			unit: IntervalUnit;
			sign: '+' | '-';
			type: 'date' | 'timestamp' | 'timestamptz';
	  }
	| { kind: 'days-between'; left: Expression; right: Expression }
	| { kind: 'scalar'; query: Query; type: ValueType }
	| { kind: 'case'; branches: { when: Expression; result: Expression }[]; otherwise: Expression | null; type: ValueType }
	| { kind: 'cast'; operand: Expression; to: CastTarget }
	| { kind: 'call'; name: string; parameters: Expression[]; type: ValueType }
	| Aggregate;

/** An aggregate or a window function. `count` without parameters counts rows. */
export interface Aggregate {
	kind: 'aggregate';
	name: string;
	parameters: Expression[];
	distinct: boolean;
	filter: Expression | null;
	orderBy: SortKey[];
	over: Window | null;
	type: ValueType;
}

export interface Window {
	partitionBy: Expression[];
	orderBy: SortKey[];
	/** Null for the usual one: from the first row of the partition to the present row and its equals. */
	frame: WindowFrame | null;
}

/** Rows from so many before the present one, or from the first, to the present or the last. */
export interface WindowFrame {
	preceding: number | null;
	end: 'current' | 'last';
}

export interface SortKey {
	by: Expression;
	descending: boolean;
	nullsFirst: boolean;
}

export interface SelectItem {
	expression: Expression;
	name: string;
}

export type FromItem =
	| { kind: 'relation'; relation: ReadableRelation; alias: string }
	| { kind: 'with'; name: string; alias: string }
	| { kind: 'derived'; query: Query; alias: string }
	| { kind: 'join'; type: 'inner' | 'left' | 'right' | 'full' | 'cross'; left: FromItem; right: FromItem; on: Expression | null };

export interface Select {
	kind: 'select';
	distinct: boolean;
	items: SelectItem[];
	from: FromItem[];
	where: Expression | null;
	groupBy: Expression[];
	having: Expression | null;
}

export interface SetOperation {
	kind: 'union' | 'intersect' | 'except';
	all: boolean;
	left: Query;
	right: Query;
}

export interface Query {
	with: { name: string; query: Query }[];
	body: Select | SetOperation;
	/** Of a set operation, positions of what comes out; else expressions. */
	orderBy: SortKey[];
	orderByOutput: { name: string; descending: boolean; nullsFirst: boolean }[];
	limit: number | null;
	offset: number | null;
}

/** What a query gives, as its outside sees it. */
export interface OutputColumn {
	name: string;
	type: ValueType;
}
