/** PostgreSQL, which the others are told apart from. */

import type { DialectRules } from '../dialect-rules.ts';

const plainUnits = { month: 'MONTH', day: 'DAY', hour: 'HOUR', minute: 'MINUTE', second: 'SECOND' } as const;

export const postgresql: DialectRules = {
	dialect: 'postgresql',
	family: 'postgresql',
	nameQuotes: ['"', '"'],
	backslash: 'escaped',
	text: "'{0}'",
	date: "DATE '{0}'",
	timestamp: "TIMESTAMP '{0}'",
	hasBooleans: true,
	knowsNulls: true,
	knowsFilter: true,
	knowsFullJoin: true,
	knowsAll: true,
	knowsInnerWith: true,
	limitsByTop: false,
	sortsByAnything: true,
	knowsZones: true,
	textColumn: '{0}',
	orderedText: '({0} COLLATE "C")',
	concat: '({0} || {1})',
	same: '({0} IS NOT DISTINCT FROM {1})',
	addedDecimal: '{0}',
	division: '({0} / {1})',
	floatDivision: '({0} / {1})',
	knowsDecimalRemainder: true,
	daysBetween: '({0} - {1})',
	shownDecimal: '{0}',
	casts: {
		text: 'CAST({0} AS text)',
		integer: 'CAST({0} AS bigint)',
		'boolean>integer': 'CAST({0} AS integer)',
		decimal: 'CAST({0} AS numeric)',
		digits: 'CAST({0} AS numeric({1}, {2}))',
		float: 'CAST({0} AS double precision)',
		boolean: 'CAST({0} AS boolean)',
		date: 'CAST({0} AS date)',
		timestamp: 'CAST({0} AS timestamp)',
	},
	units: plainUnits,
};
