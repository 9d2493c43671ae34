/** Statements that must never be sent, by class: each is refused for every database, and by what it is. */

import { expect, test } from 'vitest';
import type { SqlDialect } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { type RefusalReason, refusalReasons } from '#src/connectors/guard/refusal.ts';
import { readCases } from './cases/read-cases.ts';
import { companyBounds } from './company.ts';

const dialects: readonly SqlDialect[] = ['postgresql', 'mariadb', 'mysql', 'sqlite', 'sqlserver'];
const cases = readCases('hostile');

/** Of each file, the reasons that can be right. */
const reasons: Record<string, readonly RefusalReason[]> = {
	functions: ['function', 'construct', 'unknown-column', 'not-sql', 'types', 'literal'],
	relations: ['unknown-relation', 'construct', 'literal'],
	columns: ['unknown-column', 'unknown-relation', 'ambiguous-column', 'not-grouped', 'construct', 'literal'],
	statements: ['statement-kind', 'several-statements', 'construct', 'not-sql'],
	constructs: refusalReasons,
	foreign: refusalReasons,
};

test('there are as many as were promised', () => {
	expect(cases.length).toBeGreaterThanOrEqual(250);
	expect(new Set(cases.map(({ sql }) => sql)).size).toBe(cases.length);
});

test.each(Object.keys(reasons))('%s: none is printed', async (group) => {
	const wrong: unknown[] = [];
	for (const { sql } of cases.filter((each) => each.group === group)) {
		for (const dialect of dialects) {
			const verdict = await guardStatement(sql, companyBounds(dialect));
			if (verdict.verdict === 'printed' || !reasons[group]?.includes(verdict.reason)) wrong.push({ sql, dialect, verdict });
		}
	}
	expect(wrong).toEqual([]);
});

test('what is not there and what may not be read are refused in the same words', async () => {
	const bounds = companyBounds('postgresql');
	expect(await guardStatement('select * from secrets', bounds)).toEqual({
		verdict: 'refused',
		reason: 'unknown-relation',
		what: 'secrets',
	});
	expect(await guardStatement('select * from nothing', bounds)).toEqual({
		verdict: 'refused',
		reason: 'unknown-relation',
		what: 'nothing',
	});
});

test('a construct is named by what it is', async () => {
	const bounds = companyBounds('postgresql');
	const refused = async (sql: string) => {
		const verdict = await guardStatement(sql, bounds);
		return verdict.verdict === 'refused' ? `${verdict.reason}: ${verdict.what}` : verdict.sql;
	};
	expect(await refused('select * from orders for update')).toBe('construct: SelectStmt.lockingClause');
	expect(await refused('select xmlparse(document name) from customers')).toBe('construct: XmlExpr');
	expect(await refused('select pg_sleep(1)')).toBe('function: pg_sleep');
	expect(await refused('select name ~ name from customers')).toBe('operator: ~');
	expect(await refused('delete from orders')).toBe('statement-kind: DeleteStmt');
	expect(await refused('select name::regclass from customers')).toBe('cast: regclass');
});

test('nothing is so long or so deep that it is not refused', async () => {
	const monsters = [
		`select ${'- '.repeat(3_900)}id from orders`,
		`select 1${' + 1'.repeat(1_900)}`,
		`select ${'not '.repeat(1_900)}true`,
		`select ${'('.repeat(3_000)}1${')'.repeat(3_000)}`,
		`select 1${' union select 1'.repeat(500)}`,
		`select id from orders where ${'id = 1 or ('.repeat(90)}true${')'.repeat(90)} and ${'not '.repeat(300)} paid`,
		`select '${'a'.repeat(8_000)}'`,
		'select 1\0',
		'select \ud800',
		'',
		' ',
		';',
		'-- nothing',
	];
	for (const sql of monsters) {
		const verdict = await guardStatement(sql, companyBounds('postgresql'));
		expect({ start: sql.slice(0, 30), verdict: verdict.verdict }).toEqual({ start: sql.slice(0, 30), verdict: 'refused' });
	}
});

test('nothing grows without end while it is printed', async () => {
	const chain = (times: number, around: (inner: string) => string, inner: string): string =>
		times === 0 ? inner : chain(times - 1, around, around(inner));
	const growing = [
		chain(40, (inner) => `(${inner} is true)`, 'paid'),
		chain(40, (inner) => `case ${inner} when 1 then 2 when 2 then 1 end`, 'id'),
		chain(40, (inner) => `greatest(${inner}, id)`, 'id'),
		`greatest(${Array.from({ length: 60 }, () => 'id').join(', ')})`,
	];
	for (const expression of growing) {
		for (const dialect of dialects) {
			const verdict = await guardStatement(`select ${expression} from orders`, companyBounds(dialect));
			expect(verdict.verdict === 'printed' ? verdict.sql.length : 0).toBeLessThan(80_001);
		}
	}
});
