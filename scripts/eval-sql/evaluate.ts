/** Asks the golden questions in one language as an employee would, and compares the rows that came with those of the verified statement. */

import { guardStatement } from '#src/connectors/guard/guard.ts';
import { toBotError } from '#src/errors.ts';
import { type Language, languages } from '#src/locales/locales.ts';
import { comparableRows, type GoldenQuestion } from '#test/connectors/company/golden.ts';
import type { DataStage } from '#test/connectors/company-data/data-stage.ts';

/** `told`: what nobody may be told was answered. `refused`: not understood, or asked back. */
export type GoldenVerdict = 'right' | 'wrong' | 'refused' | 'told' | 'failed';

export interface EvaluatedQuestion {
	question: string;
	verdict: GoldenVerdict;
	/** Of what failed: the code of an error. */
	reason: string | null;
}

export interface GoldenEvaluation {
	stage: Pick<DataStage, 'data' | 'connectors' | 'entries' | 'asking'>;
	language: Language;
	/** Which model writes statements. */
	model: string;
	signal: AbortSignal;
}

/** @throws BotError `MODEL_UNAVAILABLE`, `CANCELLED`: then nothing more can be asked. */
export async function evaluateGolden(golden: GoldenQuestion, evaluation: GoldenEvaluation): Promise<EvaluatedQuestion> {
	const { stage, language, model, signal } = evaluation;
	const question = golden[language];
	const asking = stage.asking(question, { words: languages[language], model });
	const before = stage.entries.length;
	try {
		const outcome = await stage.data.answer(asking, signal);
		const answer = stage.entries.slice(before).findLast(({ decision }) => decision === 'answered')?.answer ?? null;
		if (outcome.kind === 'failed') return { question, verdict: 'failed', reason: stage.entries.at(-1)?.reason ?? null };
		if (answer === null) return { question, verdict: golden.refused === undefined ? 'refused' : 'right', reason: null };
		if (golden.refused !== undefined) return { question, verdict: 'told', reason: null };
		const isSame = JSON.stringify(comparableRows(answer, golden.sql)) === JSON.stringify(await verifiedRows(golden, evaluation));
		return { question, verdict: isSame ? 'right' : 'wrong', reason: null };
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code === 'MODEL_UNAVAILABLE' || signal.aborted) throw error;
		return { question, verdict: 'failed', reason: error.code };
	}
}

async function verifiedRows({ sql }: GoldenQuestion, { stage, signal }: GoldenEvaluation): Promise<string[]> {
	const { person } = stage.asking('');
	const [connector] = await stage.connectors.usableBy(person.role);
	if (connector === undefined) throw new Error('the sample company has no connector');
	const verdict = await guardStatement(sql, connector.bounds);
	if (verdict.verdict === 'refused') throw new Error(`a golden statement is refused: ${verdict.reason} ${verdict.what}`);
	return comparableRows(await stage.connectors.ask(connector, verdict, { askerId: person.userId, identity: null, signal }), sql);
}
