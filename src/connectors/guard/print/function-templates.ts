/** How each dialect writes the functions of the guard's own tree. `{0}` to `{2}` are its parameters; null is what a dialect cannot say alike. */

import type { DialectRules } from './dialect-rules.ts';

type Templates = Readonly<Record<DialectRules['family'], string | null>>;

/** PostgreSQL's own, whatever else its search path finds under that name; the others by their own name, in capitals. */
function everywhere(call: string, sqlite = call): Templates {
	return { postgresql: `pg_catalog.${call}`, mysql: capitals(call), sqlite, sqlserver: capitals(call) };
}

function capitals(call: string): string {
	return call.replace(/^\w+/, (name) => name.toUpperCase());
}

function four(postgresql: string, mysql: string | null, sqlite: string | null, sqlserver: string | null): Templates {
	return { postgresql, mysql, sqlite, sqlserver };
}

/** Where SQLite's own differ, its engine gives it those of `sqlite-functions.ts`. */
const plain: Readonly<Record<string, Templates>> = {
	'lower/1': everywhere('lower({0})', 'ccb_lower({0})'),
	'upper/1': everywhere('upper({0})', 'ccb_upper({0})'),
	'btrim/1': four('pg_catalog.btrim({0})', 'TRIM({0})', 'trim({0})', 'TRIM({0})'),
	'ltrim/1': everywhere('ltrim({0})'),
	'rtrim/1': everywhere('rtrim({0})'),
	// LEN counts no spaces at the end.
	'length/1': four('pg_catalog.length({0})', 'CHAR_LENGTH({0})', 'length({0})', "(LEN({0} + N'x') - 1)"),
	'substr/2': four('pg_catalog.substr({0}, {1})', 'SUBSTRING({0}, {1})', 'substr({0}, {1})', 'SUBSTRING({0}, {1}, 2147483647)'),
	'substr/3': four('pg_catalog.substr({0}, {1}, {2})', 'SUBSTRING({0}, {1}, {2})', 'substr({0}, {1}, {2})', 'SUBSTRING({0}, {1}, {2})'),
	'left/2': everywhere('left({0}, {1})', 'substr({0}, 1, {1})'),
	'right/2': everywhere('right({0}, {1})', 'substr({0}, -{1}, {1})'),
	'replace/3': everywhere('replace({0}, {1}, {2})'),
	'strpos/2': four('pg_catalog.strpos({0}, {1})', 'LOCATE({1}, {0})', 'instr({0}, {1})', 'CHARINDEX({1}, {0})'),
	'round/1': four('pg_catalog.round({0})', 'ROUND({0})', 'ccb_round({0}, 0)', 'CAST({0} AS decimal(38, 0))'),
	'round/2': { ...everywhere('round({0}, {1})', 'ccb_round({0}, {1})'), sqlserver: 'CAST({0} AS decimal(38, {1}))' },
	'ceil/1': four('pg_catalog.ceil({0})', 'CEILING({0})', 'ceil({0})', 'CEILING({0})'),
	'floor/1': everywhere('floor({0})'),
	'abs/1': everywhere('abs({0})'),
	'nullif/2': four('NULLIF({0}, {1})', 'NULLIF({0}, {1})', 'NULLIF({0}, {1})', 'NULLIF({0}, {1})'),
};

function field(name: string, mysql: string, sqlite: string, sqlserver: string): Templates {
	return four(`CAST(EXTRACT(${name} FROM {0}) AS integer)`, mysql, sqlite.startsWith('%') ? strftime(sqlite) : sqlite, sqlserver);
}

function strftime(format: string): string {
	return `CAST(strftime('${format}', {0}) AS INTEGER)`;
}

/** The first day of SQL Server's calendar would have been a Monday. */
const weekday = "(DATEDIFF(day, CAST('0001-01-01' AS date), {0}) % 7)";

const fields: Readonly<Record<string, Templates>> = {
	'extract.year/1': field('year', 'YEAR({0})', '%Y', 'DATEPART(year, {0})'),
	'extract.quarter/1': field('quarter', 'QUARTER({0})', `((${strftime('%m')} + 2) / 3)`, 'DATEPART(quarter, {0})'),
	'extract.month/1': field('month', 'MONTH({0})', '%m', 'DATEPART(month, {0})'),
	'extract.week/1': field('week', 'WEEK({0}, 3)', '%V', 'DATEPART(ISO_WEEK, {0})'),
	'extract.day/1': field('day', 'DAYOFMONTH({0})', '%d', 'DATEPART(day, {0})'),
	'extract.dow/1': field('dow', '(DAYOFWEEK({0}) - 1)', '%w', `((${weekday} + 1) % 7)`),
	'extract.isodow/1': field('isodow', '(WEEKDAY({0}) + 1)', '%u', `(${weekday} + 1)`),
	'extract.doy/1': field('doy', 'DAYOFYEAR({0})', '%j', 'DATEPART(dayofyear, {0})'),
	'extract.hour/1': field('hour', 'HOUR({0})', '%H', 'DATEPART(hour, {0})'),
	'extract.minute/1': field('minute', 'MINUTE({0})', '%M', 'DATEPART(minute, {0})'),
};

function truncation(unit: string, mysql: string, sqlite: string, sqlserver: string): Templates {
	return four(`pg_catalog.date_trunc('${unit}', {0})`, `CAST(${mysql} AS DATETIME)`, sqlite, sqlserver);
}

const day = 'CAST(CAST({0} AS date) AS datetime2(0))';

const truncations: Readonly<Record<string, Templates>> = {
	'trunc.year/1': truncation(
		'year',
		"DATE_FORMAT({0}, '%Y-01-01')",
		"strftime('%Y-01-01 00:00:00', {0})",
		'CAST(DATEFROMPARTS(YEAR({0}), 1, 1) AS datetime2(0))',
	),
	'trunc.quarter/1': truncation(
		'quarter',
		'MAKEDATE(YEAR({0}), 1) + INTERVAL (QUARTER({0}) - 1) * 3 MONTH',
		`datetime({0}, 'start of month', '-' || ((${strftime('%m')} - 1) % 3) || ' months')`,
		'CAST(DATEFROMPARTS(YEAR({0}), DATEPART(quarter, {0}) * 3 - 2, 1) AS datetime2(0))',
	),
	'trunc.month/1': truncation(
		'month',
		"DATE_FORMAT({0}, '%Y-%m-01')",
		"strftime('%Y-%m-01 00:00:00', {0})",
		'CAST(DATEFROMPARTS(YEAR({0}), MONTH({0}), 1) AS datetime2(0))',
	),
	'trunc.week/1': truncation(
		'week',
		'DATE({0}) - INTERVAL WEEKDAY({0}) DAY',
		"datetime({0}, 'start of day', '-6 days', 'weekday 1')",
		`DATEADD(day, -${weekday}, ${day})`,
	),
	'trunc.day/1': truncation('day', 'DATE({0})', "datetime({0}, 'start of day')", day),
	'trunc.hour/1': truncation(
		'hour',
		"DATE_FORMAT({0}, '%Y-%m-%d %H:00:00')",
		"strftime('%Y-%m-%d %H:00:00', {0})",
		`DATEADD(hour, DATEPART(hour, {0}), ${day})`,
	),
	'trunc.minute/1': truncation(
		'minute',
		"DATE_FORMAT({0}, '%Y-%m-%d %H:%i:00')",
		"strftime('%Y-%m-%d %H:%M:00', {0})",
		`DATEADD(minute, DATEPART(hour, {0}) * 60 + DATEPART(minute, {0}), ${day})`,
	),
};

export const functionTemplates: Readonly<Record<string, Templates>> = { ...plain, ...fields, ...truncations };

/** How a format of `to_char` and its call are written. */
export const momentFormats: Readonly<Record<DialectRules['family'], { call: string; parts: Readonly<Record<string, string>> }>> = {
	postgresql: { call: 'pg_catalog.to_char({0}, {1})', parts: {} },
	mysql: { call: 'DATE_FORMAT({0}, {1})', parts: { YYYY: '%Y', MM: '%m', DD: '%d', HH24: '%H', MI: '%i', SS: '%s' } },
	sqlite: { call: 'strftime({1}, {0})', parts: { YYYY: '%Y', MM: '%m', DD: '%d', HH24: '%H', MI: '%M', SS: '%S' } },
	sqlserver: { call: "FORMAT({0}, {1}, N'en-US')", parts: { YYYY: 'yyyy', MM: 'MM', DD: 'dd', HH24: 'HH', MI: 'mm', SS: 'ss' } },
};
