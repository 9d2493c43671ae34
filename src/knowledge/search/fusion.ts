/** Several ranked lists → one. Pure. */

import type { VectorHit, WordHit } from './legs.ts';

export interface FusedHit {
	chunkId: number;
	/** Comparable within one question alone. */
	score: number;
	/** Of the word search; 0 where it did not find it. */
	coverage: number;
	/** Of the vector search; null where it did not find it, or was not asked. */
	similarity: number | null;
}

/** What was found for one wording of the question, each list the best first: a hundred at most, and as many of documents that are named. */
export interface FoundLists {
	words: readonly WordHit[];
	/** The nearest of each language. */
	vectors: readonly VectorHit[];
}

/** Of the best word hits these say how much of the question the words can answer. */
const looked = 5;
/** Half of the best hit of one search: what a question names goes first, and what is far better elsewhere is still seen. */
const namedWorth = 0.5;
/** A language with fewer hits does not tell how near its unrelated texts lie. With fewer than these, there are no more passages of it. */
const [tellingHits, wholeHits] = [20, 100];

/**
 * Sums what the two searches say, each scaled to the best of its list. Measured in docs/benchmarks.md, "Finding passages":
 * - Words count as far as the question's words stand in the corpus at all: where the answer is written in another language or in other words, the
 *   best of the word hits is still a bad one.
 * - Cosines count from what unrelated texts of the same language have: models put texts of the question's own language nearer than the answer in
 *   another one.
 *
 * @returns the best first; equals by id, so that the same question gives the same list.
 */
export function fuse(lists: readonly FoundLists[]): FusedHit[] {
	const fused = new Map<number, FusedHit>();
	const at = (chunkId: number) => {
		const known = fused.get(chunkId) ?? { chunkId, score: 0, coverage: 0, similarity: null };
		fused.set(chunkId, known);
		return known;
	};
	for (const { words, vectors } of lists) {
		const bestScore = words[0]?.score ?? 1;
		const bestCoverage = Math.max(...words.slice(0, looked).map(({ coverage }) => coverage));
		for (const { chunkId, score, coverage } of words) {
			const hit = at(chunkId);
			hit.score += (score / bestScore) * (vectors.length === 0 ? 1 : bestCoverage);
			hit.coverage = Math.max(hit.coverage, coverage);
		}
		for (const { chunkId, similarity, nearness } of nearnessOf(vectors)) {
			const hit = at(chunkId);
			hit.score += nearness;
			hit.similarity = Math.max(hit.similarity ?? -1, similarity);
		}
	}
	const found = lists.flatMap(({ words, vectors }) => [...words, ...vectors]);
	for (const chunkId of new Set(found.filter(({ isNamed }) => isNamed).map(({ chunkId }) => chunkId))) at(chunkId).score += namedWorth;
	return [...fused.values()].sort((one, other) => other.score - one.score || one.chunkId - other.chunkId);
}

/** From 0 to 1, comparable over languages. */
function nearnessOf(hits: readonly VectorHit[]): (VectorHit & { nearness: number })[] {
	const byLanguage = Map.groupBy(hits, ({ language }) => language);
	const lowest = hits.at(-1)?.similarity ?? 0;
	const floors = new Map([...byLanguage].map(([language, of]) => [language, floorOf(of) ?? lowest]));
	const above = hits.map((hit) => ({ ...hit, nearness: Math.max(0, hit.similarity - (floors.get(hit.language) ?? lowest)) }));
	const best = Math.max(...above.map(({ nearness }) => nearness));
	return above.map((hit) => ({ ...hit, nearness: best > 0 ? hit.nearness / best : 1 }));
}

/** Of one language: the last one of a hundred, or of a whole small language the middle one. Null where there are too few to tell. */
function floorOf(hits: readonly VectorHit[]): number | null {
	if (hits.length < tellingHits) return null;
	const last = hits.length < wholeHits ? Math.floor(hits.length / 2) : wholeHits - 1;
	return hits[last]?.similarity ?? null;
}
