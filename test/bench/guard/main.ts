/** `npm run bench -- guard`: how long it takes until a model's statement is read, checked and printed. */

import type { SqlDialect } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { readCases } from '#test/connectors/guard/cases/read-cases.ts';
import { companyBounds } from '#test/connectors/guard/company.ts';
import { quantile } from '../report.ts';

/** Until code that is run often has been compiled, and then enough for the 95th of a hundred to stay. */
const warmRounds = 10;
const rounds = 20;

const dialects: readonly SqlDialect[] = ['postgresql', 'mariadb', 'sqlite', 'sqlserver'];

/** Returns what it found, as Markdown. */
export async function measureGuard(): Promise<string> {
	const lines = ['| statements | database | number | median, ms | p95, ms | slowest, ms |', '| --- | --- | --- | --- | --- | --- |'];
	for (const folder of ['legitimate', 'hostile'] as const)
		for (const dialect of dialects) {
			const statements = readCases(folder).map(({ sql }) => sql);
			const taken = await timesOf(statements, dialect);
			const at = (share: number) => quantile(taken, share).toFixed(2);
			lines.push(`| ${folder} | ${dialect} | ${statements.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
		}
	return lines.join('\n');
}

async function timesOf(statements: readonly string[], dialect: SqlDialect): Promise<number[]> {
	const bounds = companyBounds(dialect);
	const taken: number[] = [];
	for (let round = -warmRounds; round < rounds; round++)
		for (const sql of statements) {
			const begun = performance.now();
			await guardStatement(sql, bounds);
			if (round >= 0) taken.push(performance.now() - begun);
		}
	return taken;
}
