/** What of the files of a question the model reads: small ones whole, of large ones the chunks that fit the question best. */

import type { Chunk } from '../chunk/chunk.ts';
import { rankChunks } from './rank-chunks.ts';

/** What was chosen of one file, in reading order. */
export interface ChosenChunks {
	chunks: readonly Chunk[];
	isWhole: boolean;
}

export interface ChoiceRoom {
	tokens: number;
	/** Of one chunk as the model is shown it. */
	cost(chunk: Chunk): number;
}

/** Some 2,000 pages: to rank more would take seconds of everybody's time. What stands behind them is not looked at. */
const mostRankedChunks = 5_000;

/**
 * Each file gets its share of the room, and what small ones leave goes to the others. Of a large one the first chunk is always among the chosen: what
 * it is stands there. Where no word of the question does, they are taken evenly from all of it. One of `files` is the chunks of one file, in reading order.
 * @throws the signal's reason.
 */
export async function chooseChunks(
	files: readonly (readonly Chunk[])[],
	question: string,
	room: ChoiceRoom,
	signal: AbortSignal,
): Promise<ChosenChunks[]> {
	const costs = files.map((chunks) => costOf(chunks, room));
	const shares = shareOut(costs, room.tokens);
	const chosen: ChosenChunks[] = [];
	for (const [at, chunks] of files.entries()) {
		const share = shares[at] ?? 0;
		const isWhole = (costs[at] ?? 0) <= share;
		chosen.push({ isWhole, chunks: isWhole ? chunks : await chooseParts(chunks, question, { ...room, tokens: share }, signal) });
	}
	return chosen;
}

/** Counted no further than there can be room for. */
function costOf(chunks: readonly Chunk[], { tokens, cost }: ChoiceRoom): number {
	let sum = 0;
	for (const chunk of chunks) {
		if (sum > tokens) return Number.POSITIVE_INFINITY;
		sum += cost(chunk);
	}
	return sum;
}

/** From the smallest to the largest, each gets what it takes, or an even share of what is left. */
function shareOut(costs: readonly number[], tokens: number): number[] {
	const shares = costs.map(() => 0);
	let left = tokens;
	const bySize = [...costs.keys()].sort((one, other) => (costs[one] ?? 0) - (costs[other] ?? 0));
	for (const [done, at] of bySize.entries()) {
		const share = Math.min(costs[at] ?? 0, Math.floor(left / (bySize.length - done)));
		shares[at] = share;
		left -= share;
	}
	return shares;
}

async function chooseParts(chunks: readonly Chunk[], question: string, room: ChoiceRoom, signal: AbortSignal): Promise<Chunk[]> {
	const ranked = chunks.slice(0, mostRankedChunks);
	const scores = await rankChunks(ranked, question, signal);
	const fitting = [...scores.keys()].filter((at) => (scores[at] ?? 0) > 0).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
	const order = [0, ...(fitting.length === 0 ? spreadOver(ranked, room) : fitting)];
	const taken = new Set<number>();
	let left = room.tokens;
	for (const at of order) {
		const chunk = ranked[at];
		if (chunk === undefined || taken.has(at)) continue;
		const cost = room.cost(chunk);
		if (cost > left) continue;
		taken.add(at);
		left -= cost;
	}
	return ranked.filter((_, at) => taken.has(at));
}

/** As many places, evenly, as there is room for chunks like the first ones. */
function spreadOver(chunks: readonly Chunk[], { tokens, cost }: ChoiceRoom): number[] {
	const sample = chunks.slice(0, 10);
	const mean = sample.reduce((sum, chunk) => sum + cost(chunk), 0) / Math.max(sample.length, 1);
	const count = Math.min(Math.max(Math.floor(tokens / Math.max(mean, 1)), 1), chunks.length);
	return Array.from({ length: count }, (_, at) => Math.floor((at * chunks.length) / count));
}
