/** The best passages with what stands around them, as far as there is room. Pure. */

import type { ChunkSurroundings } from '../knowledge/search/surroundings.ts';
import { quote } from '../models/quotation.ts';
import type { FoundSource } from '../tools/tool.ts';
import type { Measure } from './prompt-budget.ts';

/** Measured in docs/benchmarks.md, "Names, surroundings and follow-ups": of more the model reads twice as much, and finds little. */
export const widenedSources = 3;
/** Of one source, in all. */
const mostTokens = 1_500;
/** A mark that is as long as any. */
const anyMark = '[99]';

export interface WidenedRoom {
	/** For all of them. */
	tokens: number;
	measure: Measure;
}

/**
 * Passages come first, each whole; what they leave goes to the surroundings of the best. No chunk is shown twice. What is cited and shown to people stays
 * the passage; what an answer says is looked up in all that the model reads under that number.
 */
export function widened(
	found: readonly FoundSource[],
	around: ReadonlyMap<number, ChunkSurroundings>,
	{ tokens, measure }: WidenedRoom,
): FoundSource[] {
	const cost = ({ told }: FoundSource) => measure.ofLines([quote({ cite_as: anyMark, ...told })]);
	const costs = found.map(cost);
	let left = tokens - costs.reduce((sum, one) => sum + one, 0);
	const shown = new Set(found.map(({ chunkId }) => chunkId));
	return found.map((source, at) => {
		const near = source.chunkId === undefined ? undefined : around.get(source.chunkId);
		if (near === undefined || at >= widenedSources) return source;
		const room = Math.min(left, mostTokens - (costs[at] ?? 0));
		const chosen = choose(near, shown, (texts) => cost(withAround(source, texts)) - (costs[at] ?? 0) <= room);
		const wide = withAround(source, chosen);
		left -= cost(wide) - (costs[at] ?? 0);
		return wide;
	});
}

interface Around {
	before: readonly string[];
	after: readonly string[];
}

/** By turns behind it and before it, each side as far as it goes on. */
function choose(near: ChunkSurroundings, shown: Set<number | undefined>, fits: (texts: Around) => boolean): Around {
	const chosen: { before: string[]; after: string[] } = { before: [], after: [] };
	const open = new Set<keyof Around>(['after', 'before']);
	for (let distance = 0; open.size > 0; distance++) {
		for (const side of [...open]) {
			const next = near[side][distance];
			const texts = next && { ...chosen, [side]: side === 'after' ? [...chosen.after, next.content] : [next.content, ...chosen.before] };
			if (next === undefined || texts === undefined || shown.has(next.chunkId) || !fits(texts)) {
				open.delete(side);
				continue;
			}
			shown.add(next.chunkId);
			chosen[side] = texts[side];
		}
	}
	return chosen;
}

function withAround(source: FoundSource, { before, after }: Around): FoundSource {
	if (before.length + after.length === 0) return source;
	const { text, ...told } = source.told ?? {};
	const [head, tail] = [before.join('\n'), after.join('\n')];
	return {
		...source,
		passage: [source.passage ?? source.excerpt, head, tail].filter((part) => part !== '').join('\n\n'),
		told: { ...told, ...(head === '' ? {} : { before: head }), text, ...(tail === '' ? {} : { after: tail }) },
	};
}
