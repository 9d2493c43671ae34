/** How golden questions are scored, with a scripted model through the whole loop. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { goldenQuestions } from '#test/connectors/company/golden.ts';
import { type DataStage, openDataStage } from '#test/connectors/company-data/data-stage.ts';
import { evaluateGolden } from '../../../scripts/eval-sql/evaluate.ts';

const golden = goldenQuestions();
const refuse = { kind: 'refuse', reason: 'not-in-these-data' };
const sql = (statement: string) => ({ kind: 'sql', connector: 'almacen', sql: statement });
const spoken = { sentence: 'Aquí está.' };

let stage: DataStage;
beforeAll(async () => {
	stage = await openDataStage();
});
afterAll(() => stage.close());

async function scored(en: string, ...script: object[]) {
	const question = golden.find((each) => each.en === en);
	if (question === undefined) throw new Error(`no golden question: ${en}`);
	stage.script(...script);
	const signal = new AbortController().signal;
	return (await evaluateGolden(question, { stage, language: 'es', model: 'fake-model', signal })).verdict;
}

it('rows that are the same are right, however the statement is written', async () => {
	const statement = 'select ciudad as sede from almacenes order by ciudad desc';
	expect(await scored('In which cities is there a warehouse?', sql(statement), spoken)).toBe('right');
});

it('other rows and further columns are wrong', async () => {
	expect(await scored('How many warehouses are there?', sql('select count(*) from almacenes where metros is not null'), spoken)).toBe(
		'wrong',
	);
	expect(await scored('In which cities is there a warehouse?', sql('select ciudad, metros from almacenes'), spoken)).toBe('wrong');
});

it('a refusal is right for what nobody may be told, and for nothing else', async () => {
	expect(await scored('How much does Ana Ruiz earn?', refuse)).toBe('right');
	expect(await scored('How many warehouses are there?', refuse)).toBe('refused');
	expect(await scored('How much does Ana Ruiz earn?', sql('select count(*) from almacenes'), spoken)).toBe('told');
});
