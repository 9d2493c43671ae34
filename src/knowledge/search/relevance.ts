/** Whether what was found is about the question at all: else the answer has to do without, and says so. Pure. */

import type { FusedHit } from './fusion.ts';

/** The least of a model's cosines that says something. Cosines of unrelated texts differ from model to model. */
export interface RelevanceFloor {
	/** Share of the question's words, weighed by their rarity, that stand in one of the best passages. */
	coverage: number;
	/** Null where there is no model, or none that was measured. */
	similarity: number | null;
}

/** Of so many the best counts: the right one is not always the first. */
const looked = 5;

/** Both low: nothing there is about it. One that is high is enough, since an answer may stand in other words, or in another language. */
export function isRelevant(hits: readonly FusedHit[], floor: RelevanceFloor): boolean {
	const best = hits.slice(0, looked);
	const isSaid = best.some(({ coverage }) => coverage >= floor.coverage);
	const isMeant = floor.similarity !== null && best.some(({ similarity }) => similarity !== null && similarity >= (floor.similarity ?? 1));
	return isSaid || isMeant;
}
