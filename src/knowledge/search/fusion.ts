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

/** What was found for one wording of the question. */
export interface FoundLists {
	words: readonly WordHit[];
	vectors: readonly VectorHit[];
	/** How much this wording counts. */
	weight: number;
}

/**
 * Cosines of one question lie close together, so they count from the similarity that unrelated text has: that of the last of the list.
 * Measured: docs/benchmarks.md, "Fusion".
 */
const wordShare = 0.5;

/** The sum of the scores, each scaled to the best of its list. The best first; equals by id, so that the same question gives the same list. */
export function fuse(lists: readonly FoundLists[]): FusedHit[] {
	const fused = new Map<number, FusedHit>();
	const at = (chunkId: number) => {
		const known = fused.get(chunkId) ?? { chunkId, score: 0, coverage: 0, similarity: null };
		fused.set(chunkId, known);
		return known;
	};
	for (const { words, vectors, weight } of lists) {
		const bestScore = words[0]?.score ?? 1;
		for (const { chunkId, score, coverage } of words) {
			const hit = at(chunkId);
			hit.score += (weight * wordShare * score) / bestScore;
			hit.coverage = Math.max(hit.coverage, coverage);
		}
		const best = vectors[0]?.similarity ?? 1;
		for (const { chunkId, similarity } of vectors) {
			const hit = at(chunkId);
			hit.score += (weight * (1 - wordShare) * Math.max(similarity, 0)) / best;
			hit.similarity = Math.max(hit.similarity ?? -1, similarity);
		}
	}
	return [...fused.values()].sort((one, other) => other.score - one.score || one.chunkId - other.chunkId);
}
