/** Columns that are only shown: JSON and its kin, and moments with a zone outside PostgreSQL. */

import { expect, test } from 'vitest';
import type { SqlDialect } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { companyBounds } from './company.ts';

const relation = {
	schema: 'Sales',
	name: 'Events',
	columns: [
		{ name: 'Id', type: 'integer' as const },
		{ name: 'Payload', type: 'other' as const },
		{ name: 'SeenAt', type: 'timestamptz' as const },
	],
	key: ['Id'],
	references: [],
};

const verdictOn = async (sql: string, dialect: SqlDialect = 'postgresql') => {
	const verdict = await guardStatement(sql, companyBounds(dialect, { relations: [relation] }));
	return verdict.verdict === 'printed' ? verdict.sql : `${verdict.reason}: ${verdict.what}`;
};

test('they are shown and tested for null, and nothing else', async () => {
	expect(await verdictOn('select payload from events where payload is not null')).toBe(
		'SELECT "events"."Payload" AS "payload" FROM "Sales"."Events" AS "events" WHERE ("events"."Payload" IS NOT NULL) LIMIT 501',
	);
	for (const sql of [
		"select id from events where payload = 'a'",
		'select distinct payload from events',
		'select count(distinct payload) from events',
		'select payload from events order by payload',
		'select payload, count(*) from events group by payload',
		'select max(payload) from events',
		'select rank() over (partition by payload order by id) from events',
		'select payload from events union select payload from events',
	])
		expect(await verdictOn(sql)).toBe(sql.includes('max(') ? 'types: max of other' : 'types: other');
});

test('a moment with a zone is reckoned with in PostgreSQL alone', async () => {
	const sql = "select date_trunc('day', seenat) as day from events where seenat > now() - interval '1 day'";
	expect(await verdictOn(sql)).toMatch(/^SELECT pg_catalog\.date_trunc/);
	for (const dialect of ['mariadb', 'mysql', 'sqlite', 'sqlserver'] as const) {
		expect(await verdictOn(sql, dialect)).toMatch(/^dialect: /);
		expect(await verdictOn('select seenat from events order by seenat', dialect)).toMatch(/^SELECT/);
	}
});

test('names that PostgreSQL reads in small letters find those that the catalogue has', async () => {
	expect(await verdictOn('select E.ID from SALES.Events as E limit 1', 'sqlserver')).toBe(
		'SELECT TOP (1) [e].[Id] AS [id] FROM [Sales].[Events] AS [e]',
	);
	expect(await verdictOn('select id from other.events')).toBe('unknown-relation: other.events');
});
