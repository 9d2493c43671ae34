/** Types that values may be converted to, and from what. Names are those of the tree: `int` is read as `int4`. */

import type { CastTarget, IntervalUnit, ValueType } from './query.ts';

export const allowedTypes: Readonly<Record<string, CastTarget['type']>> = {
	text: 'text',
	varchar: 'text',
	bpchar: 'text',
	int2: 'integer',
	int4: 'integer',
	int8: 'integer',
	numeric: 'decimal',
	float4: 'float',
	float8: 'float',
	bool: 'boolean',
	date: 'date',
	timestamp: 'timestamp',
};

/** Conversions that give the same in every database. A text that is no literal is none of them: what happens to one that is no number differs. */
export const allowedCasts: Readonly<Record<CastTarget['type'], readonly ValueType[]>> = {
	text: ['text', 'integer', 'date', 'null'],
	integer: ['integer', 'decimal', 'float', 'boolean', 'null'],
	decimal: ['integer', 'decimal', 'float', 'null'],
	float: ['integer', 'decimal', 'float', 'null'],
	boolean: ['boolean', 'null'],
	date: ['date', 'timestamp', 'timestamptz', 'null'],
	timestamp: ['date', 'timestamp', 'timestamptz', 'null'],
};

/** Years are counted in months, and weeks in days, as PostgreSQL does. */
export const allowedUnits: Readonly<Record<string, { unit: IntervalUnit; times: number }>> = {
	year: { unit: 'month', times: 12 },
	month: { unit: 'month', times: 1 },
	mon: { unit: 'month', times: 1 },
	week: { unit: 'day', times: 7 },
	day: { unit: 'day', times: 1 },
	hour: { unit: 'hour', times: 1 },
	minute: { unit: 'minute', times: 1 },
	min: { unit: 'minute', times: 1 },
	second: { unit: 'second', times: 1 },
};
