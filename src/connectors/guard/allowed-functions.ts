/** Functions that statements may call, by their names in PostgreSQL, and what they take. What is not here does not exist. */

import type { ValueType } from './query.ts';

/** `decimal` takes any number and makes it exact; `count` is a whole number from 0 on, `position` one from 1 on; `comparable` has an order. */
export type ParameterKind = 'text' | 'number' | 'decimal' | 'count' | 'position' | 'comparable' | 'any' | 'constant text';

export interface FunctionRule {
	/** What it is called in the guard's own tree, where PostgreSQL has several names for it. */
	name?: string;
	parameters: readonly ParameterKind[];
	/** How many of the last ones may be left out. */
	optional?: number;
	returns: ValueType | 'first';
}

const text = { parameters: ['text'], returns: 'text' } as const;
const textLength = { name: 'length', parameters: ['text'], returns: 'integer' } as const;
const part = { name: 'substr', parameters: ['text', 'position', 'count'], optional: 1, returns: 'text' } as const;
const end = { parameters: ['text', 'count'], returns: 'text' } as const;
const whole = { parameters: ['decimal'], returns: 'decimal' } as const;
const place = { name: 'strpos', parameters: ['text', 'text'], returns: 'integer' } as const;

export const allowedFunctions: Readonly<Record<string, FunctionRule>> = {
	lower: text,
	upper: text,
	btrim: text,
	trim: { ...text, name: 'btrim' },
	ltrim: text,
	rtrim: text,
	length: textLength,
	char_length: textLength,
	character_length: textLength,
	substring: part,
	substr: part,
	left: end,
	right: end,
	replace: { parameters: ['text', 'text', 'text'], returns: 'text' },
	strpos: place,
	position: place,
	round: { parameters: ['decimal', 'count'], optional: 1, returns: 'decimal' },
	ceil: whole,
	ceiling: { ...whole, name: 'ceil' },
	floor: whole,
	abs: { parameters: ['number'], returns: 'first' },
};

const extreme = { parameters: ['comparable'], returns: 'first' } as const;

export const allowedAggregates: Readonly<Record<string, FunctionRule>> = {
	count: { parameters: ['any'], returns: 'integer' },
	sum: { parameters: ['number'], returns: 'first' },
	avg: { parameters: ['number'], returns: 'decimal' },
	min: extreme,
	max: extreme,
	string_agg: { parameters: ['text', 'constant text'], returns: 'text' },
};

const ranking = { parameters: [], returns: 'integer' } as const;
const neighbour = { parameters: ['any', 'count'], optional: 1, returns: 'first' } as const;
const edge = { parameters: ['any'], returns: 'first' } as const;

/** These need OVER. */
export const allowedWindowFunctions: Readonly<Record<string, FunctionRule>> = {
	row_number: ranking,
	rank: ranking,
	dense_rank: ranking,
	ntile: { parameters: ['position'], returns: 'integer' },
	lag: neighbour,
	lead: neighbour,
	first_value: edge,
	last_value: edge,
};

/** Of EXTRACT and `date_part`. Seconds have fractions and moments are counted from the epoch in a zone: neither is alike everywhere. */
export const allowedFields: readonly string[] = ['year', 'quarter', 'month', 'week', 'day', 'dow', 'isodow', 'doy', 'hour', 'minute'];

/** Of `date_trunc`. */
export const allowedTruncations: readonly string[] = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'];

/** What a format of `to_char` for dates is made of, besides punctuation and spaces. */
export const allowedFormatParts: readonly string[] = ['YYYY', 'MM', 'DD', 'HH24', 'MI', 'SS'];
