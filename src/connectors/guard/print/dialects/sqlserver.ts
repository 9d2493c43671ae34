/** SQL Server. */

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
	knowsZones: false,
	textColumn: '({0} COLLATE Latin1_General_100_BIN2)',
	orderedText: '{0}',
	concat: '({0} + {1})',
	same: '(EXISTS (SELECT {0} INTERSECT SELECT {1}))',
	division: '(CAST({0} AS decimal(38, 10)) / {1})',
	daysBetween: 'DATEDIFF(day, {1}, {0})',
	casts: {
		text: 'CAST({0} AS nvarchar(4000))',
		'date>text': 'CONVERT(nvarchar(10), {0}, 23)',
		integer: 'CAST(ROUND({0}, 0) AS bigint)',
		'boolean>integer': 'CAST({0} AS bigint)',
		decimal: 'CAST({0} AS decimal(38, 10))',
		digits: 'CAST({0} AS decimal({1}, {2}))',
		float: 'CAST({0} AS float)',
		boolean: 'CAST({0} AS bit)',
		date: 'CAST({0} AS date)',
		timestamp: 'CAST({0} AS datetime2(0))',
	},
};
