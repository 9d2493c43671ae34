/**
 * T-SQL as it is printed: no SQL Server runs it here, so each statement stands in a golden file that people read, and two parsers of T-SQL that share no
 * code with ours, nor with each other, have to take it for one SELECT.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { init, parse } from '@guanmingchiu/sqlparser-ts';
import { Dialect, parse as parseOtherwise } from '@polyglot-sql/sdk';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { boundsOf } from '#src/connectors/catalogue/bounds-for.ts';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import type { StatementBounds } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { printStatement } from '#src/connectors/guard/print/print.ts';
import { goldenQuestions } from '../company/golden.ts';
import { readCases } from './cases/read-cases.ts';
import { companyBounds } from './company.ts';
import { queries } from './generated-trees.ts';

const folder = join(import.meta.dirname, 'cases/sqlserver');

beforeAll(() => init());

test('the golden questions are printed as they stand in the file, and read by others', async () => {
	const sample = await readFile(join(import.meta.dirname, '../company/company.yaml'), 'utf8');
	const where = 'where: { host: db.example.com, database: company, user: reader }';
	const reading = readCatalogue(sample.replace('engine: sqlite', 'engine: sqlserver').replace(/^where: .*$/m, where));
	if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
	const bounds = boundsOf(reading.catalogue, 'all', new Date('2026-12-01T09:00:00Z'));
	const questions = goldenQuestions().map(({ en, sql }) => ({ title: en, sql }));
	await expect(await printAll(questions, bounds)).toMatchFileSnapshot(join(folder, 'golden-questions.sql'));
});

test('so are the questions of the guard', async () => {
	const questions = readCases('legitimate').map(({ sql }) => ({ title: sql, sql }));
	await expect(await printAll(questions, companyBounds('sqlserver'))).toMatchFileSnapshot(join(folder, 'legitimate-questions.sql'));
});

test('what is printed of any tree is one query to others', () => {
	fc.assert(
		fc.property(queries, (query) => expectOneQuery(printStatement(query, 'sqlserver', { mostRows: 500, columns: [] }))),
		{ numRuns: 60 },
	);
});

async function printAll(questions: readonly { title: string; sql: string }[], bounds: StatementBounds): Promise<string> {
	const printed: string[] = [];
	for (const { title, sql } of questions) {
		const verdict = await guardStatement(sql, bounds);
		if (verdict.verdict === 'refused') {
			printed.push(`-- ${title}\n-- refused: ${verdict.reason}, ${verdict.what}\n`);
			continue;
		}
		expectOneQuery(verdict.sql);
		printed.push(`-- ${title}\n${verdict.sql};\n`);
	}
	return printed.join('\n');
}

function expectOneQuery(sql: string): void {
	const { success, ast } = parseOtherwise(sql, Dialect.TSQL);
	const kinds = [parse(sql, 'mssql'), success ? (ast as object[]) : []].map((statements) =>
		statements.flatMap((each) => Object.keys(each)),
	);
	expect(kinds, sql).toEqual([['Query'], [expect.stringMatching(/^(select|union|intersect|except)$/)]]);
}
