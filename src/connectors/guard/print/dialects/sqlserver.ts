/** SQL Server 2017 and newer: STRING_AGG and TRIM came with that. */

import type { DialectRules } from '../dialect-rules.ts';
import { postgresql } from './postgresql.ts';

export const sqlserver: DialectRules = {
	...postgresql,
	dialect: 'sqlserver',
	family: 'sqlserver',
	nameQuotes: ['[', ']'],
	backslash: 'plain',
	text: "N'{0}'",
	date: "CAST('{0}' AS date)",
	timestamp: "CAST('{0}' AS datetime2(0))",
	hasBooleans: false,
	knowsNulls: false,
	knowsFilter: false,
	knowsAll: false,
	knowsInnerWith: false,
	limitsByTop: true,
	sortsByAnything: false,
	knowsZones: false,
	// With an empty text behind it, what lies in another code page becomes Unicode first: of `varchar` the collation would keep its own characters alone.
	textColumn: "(({0} + N'') COLLATE Latin1_General_100_BIN2)",
	orderedText: '{0}',
	concat: '({0} + {1})',
	// No query within, which sums do not take.
	same: '(CASE WHEN {0} = {1} OR ({0} IS NULL AND {1} IS NULL) THEN 1 ELSE 0 END = 1)',
	// A sum has 38 digits in all, of which what it is added to would lose those behind the point; so does a quotient ("Precision, scale, and length").
	addedDecimal: 'CAST({0} AS decimal(28, 10))',
	division: '(CAST({0} AS decimal(28, 10)) / {1})',
	daysBetween: 'DATEDIFF(day, {1}, {0})',
	// The second style is that of all four places of money; decimals have one style alone.
	shownDecimal: 'CONVERT(varchar(64), {0}, 2)',
	casts: {
		text: 'CAST({0} AS nvarchar(20))',
		'date>text': 'CONVERT(nvarchar(10), {0}, 23)',
		// Not ROUND, whose result has no more digits than what it rounds: 9.5 would overflow.
		integer: 'CAST(CAST({0} AS decimal(38, 0)) AS bigint)',
		'boolean>integer': 'CAST({0} AS bigint)',
		decimal: 'CAST({0} AS decimal(38, 10))',
		digits: 'CAST({0} AS decimal({1}, {2}))',
		float: 'CAST({0} AS float)',
		boolean: 'CAST({0} AS bit)',
		date: 'CAST({0} AS date)',
		timestamp: 'CAST({0} AS datetime2(0))',
	},
};
