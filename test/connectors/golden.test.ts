/** The golden questions with a scripted model, over the sample company in three databases: equal or refused by name, never different. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundsOf } from '#src/connectors/catalogue/bounds-for.ts';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import type { EngineSession } from '#src/connectors/engines/engine.ts';
import type { StatementBounds } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { comparableRows, goldenQuestions } from './company/golden.ts';
import { type CompanyStage, openMariadbStage, openPostgresqlStage, openSqliteStage } from './engines/company-stage.ts';

const reading = readCatalogue(await readFile(join(projectFolder, 'test/connectors/company/company.yaml'), 'utf8'));
if ('problems' in reading) throw new Error('the sample company cannot be read');
const bounds = boundsOf(reading.catalogue, 'all', new Date('2026-12-01T09:00:00Z'));
const dialects = ['postgresql', 'mariadb', 'sqlite'] as const;
const golden = goldenQuestions();
const limits = { statementMs: 60_000, lockMs: 2_000, rows: 1_000, bytes: 2 ** 20, cost: 1_000_000 };

let stages: CompanyStage[];
/** One for all questions: what each costs is tested elsewhere. */
let sessions: EngineSession[];

beforeAll(async () => {
	stages = await Promise.all([openPostgresqlStage(), openMariadbStage(), openSqliteStage()]);
	const question = { identity: null, limits, signal: new AbortController().signal };
	sessions = await Promise.all(stages.map(({ engine }) => engine.connect(question)));
});
afterAll(async () => {
	await Promise.all(sessions.map((session) => session.close()));
	await Promise.all(stages.map((stage) => stage.close()));
});

function boundsIn(dialect: (typeof dialects)[number]): StatementBounds {
	const schema = dialect === 'postgresql' ? 'public' : null;
	return { ...bounds, dialect, relations: bounds.relations.map((relation) => ({ ...relation, schema })) };
}

it('there are eighty of them in each language, none twice', () => {
	expect(golden.length).toBeGreaterThanOrEqual(80);
	for (const language of ['es', 'en'] as const) expect(new Set(golden.map((question) => question[language])).size).toBe(golden.length);
});

it.each(golden)('$en', async ({ sql, refused }) => {
	const answers: string[][] = [];
	for (const [index, dialect] of dialects.entries()) {
		const verdict = await guardStatement(sql, boundsIn(dialect));
		expect(verdict.verdict === 'refused' ? verdict.reason : undefined).toBe(refused);
		const rows = verdict.verdict === 'refused' ? null : await sessions[index]?.run(verdict);
		if (rows != null) answers.push(comparableRows(rows, sql));
	}
	const [first, ...others] = answers;
	expect(others).toEqual(others.map(() => first));
	if (refused === undefined) expect(first?.length).toBeGreaterThan(0);
});
