/** Asks every case in turn. */

import { toBotError } from '../errors.ts';
import { answerCase, lookUpCase } from './answering.ts';
import { type CaseAnswer, type CaseChecks, checksOf, type EvaluatedCase } from './evaluated-case.ts';
import type { Preparation } from './preparation.ts';

export interface EvaluateOptions {
	isRetrievalAlone: boolean;
	onCase(id: string, checks: CaseChecks, error: string | null): void;
	/** From now on no model is asked. */
	onNoModel(reason: string): void;
}

export interface Evaluated {
	cases: Record<string, CaseChecks>;
	/** How many questions were searched by words though there are vectors. */
	withoutVectors: number;
}

/** @throws BotError as `KnowledgeSearch.search`; `CANCELLED`. */
export async function evaluateCases(
	{ parts, hasVectors }: Pick<Preparation, 'parts' | 'hasVectors'>,
	cases: readonly EvaluatedCase[],
	{ isRetrievalAlone, onCase, onNoModel }: EvaluateOptions,
): Promise<Evaluated> {
	const done: Evaluated = { cases: {}, withoutVectors: 0 };
	let asksModel = !isRetrievalAlone;

	/** Null where no model is asked. */
	async function ask(asked: EvaluatedCase, passages: Parameters<typeof answerCase>[2]): Promise<CaseAnswer | null> {
		if (!asksModel) return null;
		try {
			return await answerCase(parts, asked, passages);
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			if (code === 'CANCELLED') throw thrown;
			asksModel = false;
			onNoModel(reason ?? code);
			return null;
		}
	}

	for (const asked of cases) {
		const found = await lookUpCase(parts, asked);
		if (hasVectors && found.isByWordsAlone) done.withoutVectors++;
		const said = await ask(asked, found.passages);
		const checks = checksOf(asked, found, said);
		done.cases[asked.id] = checks;
		onCase(asked.id, checks, said?.error ?? null);
	}
	return done;
}
