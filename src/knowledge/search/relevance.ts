/** Whether what was found is about the question at all: else an answer has to do without, and says so. Pure. */

import type { FusedHit } from './fusion.ts';

/** Of so many the best counts: the right one is not always the first. */
const looked = 5;
/** Measured on the project's own set, so that about one answerable question of fifty is refused: docs/benchmarks.md, "Saying no". */
const [leastByWords, leastByBoth, similarityWeight] = [0.12, 0.4, 1.6];

/**
 * How much of the question stands in one of the best passages, weighed by how rare its words are, and how much nearer its meaning lies than that of
 * questions that are about nothing there. What one lacks the other can give: an answer may stand in other words, or in another language.
 * @param noise the cosine of the best passage for questions about nothing in the corpus; null where it is not known.
 */
export function isRelevant(hits: readonly FusedHit[], noise: number | null): boolean {
	const best = hits.slice(0, looked);
	const coverage = Math.max(0, ...best.map((hit) => hit.coverage));
	if (noise === null) return coverage >= leastByWords;
	const similarity = Math.max(noise, ...best.map((hit) => hit.similarity ?? noise));
	return coverage + (similarityWeight * (similarity - noise)) / (1 - noise) >= leastByBoth;
}
