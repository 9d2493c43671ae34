/** How the dialects differ, as data. `{0}` and `{1}` stand for printed parts; what a dialect has no template for it cannot say. */

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
	/** Moments with a zone beside literals and in functions. */
	knowsZones: boolean;
	/** A column of text, so that it is compared by its characters. */
	textColumn: string;
	/** A text that is compared by order. */
	orderedText: string;
	concat: string;
	same: string;
	division: string;
	/** Of decimals. */
	knowsDecimalRemainder: boolean;
	daysBetween: string;
	/** By the target's type, or `from>to` where that differs. `{1}` and `{2}` are the digits of a decimal. */
	casts: Readonly<Partial<Record<CastTarget['type'] | `${ColumnType}>${CastTarget['type']}` | 'digits', string>>>;
	units: Readonly<Record<IntervalUnit, string>>;
}

const plainUnits = { month: 'MONTH', day: 'DAY', hour: 'HOUR', minute: 'MINUTE', second: 'SECOND' } as const;

const postgresql: DialectRules = {
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
	knowsZones: true,
	textColumn: '{0}',
	orderedText: '({0} COLLATE "C")',
	concat: '({0} || {1})',
	same: '({0} IS NOT DISTINCT FROM {1})',
	division: '({0} / {1})',
	knowsDecimalRemainder: true,
	daysBetween: '({0} - {1})',
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

const mariadb: DialectRules = {
	...postgresql,
	dialect: 'mariadb',
	family: 'mysql',
	nameQuotes: ['`', '`'],
	backslash: 'refused',
	knowsNulls: false,
	knowsFilter: false,
	knowsFullJoin: false,
	knowsZones: false,
	textColumn: '(CONVERT({0} USING utf8mb4) COLLATE utf8mb4_nopad_bin)',
	orderedText: '{0}',
	concat: 'CONCAT({0}, {1})',
	same: '({0} <=> {1})',
	daysBetween: 'DATEDIFF({0}, {1})',
	casts: {
		text: 'CAST({0} AS CHAR)',
		integer: 'CAST({0} AS SIGNED)',
		// As wide as it has them, with twenty places behind the point.
		decimal: 'CAST({0} AS DECIMAL(65, 20))',
		digits: 'CAST({0} AS DECIMAL({1}, {2}))',
		float: 'CAST({0} AS DOUBLE)',
		date: 'CAST({0} AS DATE)',
		timestamp: 'CAST({0} AS DATETIME)',
	},
};

const mysql: DialectRules = { ...mariadb, dialect: 'mysql', textColumn: '(CONVERT({0} USING utf8mb4) COLLATE utf8mb4_0900_bin)' };

const sqlite: DialectRules = {
	...postgresql,
	dialect: 'sqlite',
	family: 'sqlite',
	backslash: 'plain',
	date: "'{0}'",
	timestamp: "'{0}'",
	knowsAll: false,
	knowsZones: false,
	orderedText: '{0}',
	same: '({0} IS {1})',
	division: '(CAST({0} AS REAL) / {1})',
	knowsDecimalRemainder: false,
	daysBetween: 'CAST(julianday({0}) - julianday({1}) AS INTEGER)',
	casts: {
		text: 'CAST({0} AS TEXT)',
		integer: 'CAST(ccb_round({0}, 0) AS INTEGER)',
		'boolean>integer': 'CAST({0} AS INTEGER)',
		decimal: 'CAST({0} AS REAL)',
		digits: 'ccb_round(CAST({0} AS REAL), {2})',
		float: 'CAST({0} AS REAL)',
		date: 'date({0})',
		timestamp: 'datetime({0})',
	},
	units: { month: 'months', day: 'days', hour: 'hours', minute: 'minutes', second: 'seconds' },
};

const sqlserver: DialectRules = {
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

export const dialects: Readonly<Record<SqlDialect, DialectRules>> = { postgresql, mariadb, mysql, sqlite, sqlserver };

/** The parts into the template; what stands within a part is no template any more. */
export function fill(template: string, ...parts: readonly string[]): string {
	return template.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
