/** How good rankings are, in the field's measures. Pure. */

export interface Ranked {
	kind: string;
	/** Best first. */
	ids: readonly string[];
	/** Empty for a question without an answer. */
	relevant: ReadonlySet<string>;
	/** The search said that nothing is about the question. */
	abstained: boolean;
}

export interface Quality {
	kind: string;
	questions: number;
	ndcg10: number;
	recall5: number;
	recall20: number;
	hit5: number;
	mrr: number;
	/** Share of the questions that the search refused: rightly where there is no answer, falsely elsewhere. */
	abstained: number;
}

/** One row a kind, in the order in which they come, and one for all that have an answer. Questions without one count in `abstained` alone. */
export function measureByKind(ranked: readonly Ranked[]): Quality[] {
	const kinds = [...new Set(ranked.map(({ kind }) => kind))];
	const answerable = ranked.filter(({ relevant }) => relevant.size > 0);
	const rows = kinds.map((kind) =>
		measure(
			kind,
			ranked.filter((one) => one.kind === kind),
		),
	);
	return [...rows, measure('all with an answer', answerable)];
}

function measure(kind: string, ranked: readonly Ranked[]): Quality {
	const mean = (of: (one: Ranked) => number) => ranked.reduce((sum, one) => sum + of(one), 0) / Math.max(ranked.length, 1);
	return {
		kind,
		questions: ranked.length,
		ndcg10: mean((one) => ndcg(one, 10)),
		recall5: mean((one) => recall(one, 5)),
		recall20: mean((one) => recall(one, 20)),
		hit5: mean((one) => (one.ids.slice(0, 5).some((id) => one.relevant.has(id)) ? 1 : 0)),
		mrr: mean(reciprocalRank),
		abstained: mean(({ abstained }) => (abstained ? 1 : 0)),
	};
}

/** With relevance 0 or 1. */
function ndcg({ ids, relevant }: Ranked, depth: number): number {
	const gain = (rank: number) => 1 / Math.log2(rank + 2);
	const sum = ids.slice(0, depth).reduce((total, id, rank) => total + (relevant.has(id) ? gain(rank) : 0), 0);
	let best = 0;
	for (let rank = 0; rank < Math.min(relevant.size, depth); rank++) best += gain(rank);
	return best === 0 ? 0 : sum / best;
}

function recall({ ids, relevant }: Ranked, depth: number): number {
	const found = ids.slice(0, depth).filter((id) => relevant.has(id)).length;
	return relevant.size === 0 ? 0 : found / relevant.size;
}

function reciprocalRank({ ids, relevant }: Ranked): number {
	const rank = ids.findIndex((id) => relevant.has(id));
	return rank === -1 ? 0 : 1 / (rank + 1);
}
