/** What of the files of a question the model reads: small ones whole, of large ones the chunks that fit the question best. */

import type { Chunk } from '../chunk/chunk.ts';
import { rankChunks } from './rank-chunks.ts';

/** What was chosen of one file, in reading order. */
export interface ChosenChunks {
	chunks: readonly Chunk[];
	isWhole: boolean;
}

export interface ChoiceRoom<File> {
	tokens: number;
	/** Of one chunk as the model is shown it. */
	cost(chunk: Chunk, file: File): number;
}

/** Some 2,000 pages: to rank more would take seconds of everybody's time. What stands behind them is not looked at. */
const mostRankedChunks = 5_000;
/** So many that do not fit any more are passed over for smaller ones. */
const mostMisfits = 20;

/**
 * Each file gets its share of the room, and what small ones leave goes to the others. Of a large one the first chunk is always among the chosen: what
 * it is stands there. Where no word of the question does, they are taken evenly from all of it.
 * @param files with their chunks in reading order. @returns what was chosen, in the order of the files. @throws the signal's reason.
 */
export async function chooseChunks<File extends { chunks: readonly Chunk[] }>(
	files: readonly File[],
	question: string,
	room: ChoiceRoom<File>,
	signal: AbortSignal,
): Promise<ChosenChunks[]> {
	const costs = files.map((file) => costOf(file, room));
	const shares = shareOut(costs, room.tokens);
	const chosen: ChosenChunks[] = [];
	for (const [at, file] of files.entries()) {
		const share = shares[at] ?? 0;
		const isWhole = (costs[at] ?? 0) <= share;
		const cost = (chunk: Chunk) => room.cost(chunk, file);
		chosen.push({ isWhole, chunks: isWhole ? file.chunks : await chooseParts(file.chunks, question, { tokens: share, cost }, signal) });
	}
	return chosen;
}

/** Counted no further than there can be room for. */
function costOf<File extends { chunks: readonly Chunk[] }>(file: File, { tokens, cost }: ChoiceRoom<File>): number {
	let sum = 0;
	for (const chunk of file.chunks) {
		if (sum > tokens) return Number.POSITIVE_INFINITY;
		sum += cost(chunk, file);
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

interface Share {
	tokens: number;
	cost(chunk: Chunk): number;
}

async function chooseParts(chunks: readonly Chunk[], question: string, share: Share, signal: AbortSignal): Promise<Chunk[]> {
	const ranked = chunks.slice(0, mostRankedChunks);
	const scores = await rankChunks(ranked, question, signal);
	const fitting = [...scores.keys()].filter((at) => (scores[at] ?? 0) > 0).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
	const taken = takeFitting(ranked, [0, ...(fitting.length === 0 ? spreadOver(ranked, share) : fitting)], share);
	return ranked.filter((_, at) => taken.has(at));
}

/** @param order places in `chunks`, the best first. */
function takeFitting(chunks: readonly Chunk[], order: readonly number[], { tokens, cost }: Share): Set<number> {
	const taken = new Set<number>();
	let left = tokens;
	let misfits = 0;
	for (const at of order) {
		const chunk = chunks[at];
		if (chunk === undefined || taken.has(at)) continue;
		const tokensOfIt = cost(chunk);
		if (tokensOfIt > left) {
			if (++misfits === mostMisfits) break;
			continue;
		}
		taken.add(at);
		left -= tokensOfIt;
	}
	return taken;
}

/** As many places, evenly, as there is room for chunks like the first ones. */
function spreadOver(chunks: readonly Chunk[], { tokens, cost }: Share): number[] {
	const sample = chunks.slice(0, 10);
	const mean = sample.reduce((sum, chunk) => sum + cost(chunk), 0) / Math.max(sample.length, 1);
	const count = Math.min(Math.max(Math.floor(tokens / Math.max(mean, 1)), 1), chunks.length);
	return Array.from({ length: count }, (_, at) => Math.floor((at * chunks.length) / count));
}
