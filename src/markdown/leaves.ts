/** Cuts the source of a block, container or not, into the stretches within which inline constructs live: its leaves. */

import type { Token } from 'markdown-it';
import { isTooDeep, readBlockTokens, readLineStarts, readOtherTokens } from './parser.ts';

/**
 * `text`: one paragraph or heading, whose code spans and links may cross its lines but not its ends. `table`: rows, whose cells
 * are cut before anything else. `code`: a fence with its opening and closing line.
 */
export interface Leaf {
	kind: 'text' | 'table' | 'code';
	start: number;
	/** Behind the line break of its last line. */
	end: number;
	/** False where other readers may not agree about what is code, or nobody looked. So is all that follows in the block. */
	isCertain: boolean;
}

const FENCE = /```|~~~/;

/** The leaves of a source, in order and without gaps: lines between two blocks are leaves of their own. */
export function readLeaves(source: string): Leaf[] {
	const lineStarts = readLineStarts(source);
	const hasFence = FENCE.test(source);
	if (lineStarts.length <= 2 && !hasFence) return [{ kind: 'text', start: 0, end: source.length, isCertain: true }];
	const tokens = readBlockTokens(source);
	const leaves: Leaf[] = [];
	let line = 0;
	const add = (kind: Leaf['kind'], toLine: number) => {
		leaves.push({ kind, start: lineStarts[line] ?? 0, end: lineStarts[toLine] ?? source.length, isCertain: true });
		line = toLine;
	};
	for (const { type, map } of tokens) {
		const kind = leafKinds[type];
		if (kind === undefined || map === null || map[1] <= line) continue;
		while (line < map[0]) add('text', line + 1);
		add(kind, map[1]);
	}
	while (line < lineStarts.length - 1) add('text', line + 1);
	const isOneFence = leaves.length === 1 && leaves[0]?.kind === 'code';
	const doubtfulLine = findDoubtfulLine(tokens, hasFence && !isOneFence ? readOtherTokens(source) : []);
	return doubtfulLine === null ? leaves : splitAt(leaves, lineStarts[doubtfulLine] ?? source.length);
}

const leafKinds: Record<string, Leaf['kind']> = { inline: 'text', table: 'table', fence: 'code' };

/** The first line that is nested too deep, or that begins, continues or ends a fence for some readers only. */
function findDoubtfulLine(tokens: readonly Token[], others: readonly Token[][]): number | null {
	const deep = tokens.find((token) => isTooDeep(token) && token.map !== null)?.map?.[0] ?? Number.POSITIVE_INFINITY;
	const ours = readFences(tokens);
	const lines = [deep, ...others.map((other) => firstDifference(ours, readFences(other)))];
	const first = Math.min(...lines);
	return Number.isFinite(first) ? first : null;
}

interface FencePlace {
	start: number;
	end: number;
	/** How deep it is nested: a fence ends with what it lies in. */
	level: number;
}

const noFence: FencePlace = { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY, level: 0 };

function readFences(tokens: readonly Token[]): FencePlace[] {
	return tokens.flatMap(({ type, map, level }) => (type === 'fence' && map !== null ? [{ start: map[0], end: map[1], level }] : []));
}

function firstDifference(ours: readonly FencePlace[], others: readonly FencePlace[]): number {
	for (let index = 0; index < Math.max(ours.length, others.length); index++) {
		const [our = noFence, other = noFence] = [ours[index], others[index]];
		if (our.start !== other.start || our.level !== other.level) return Math.min(our.start, other.start);
		if (our.end !== other.end) return Math.min(our.end, other.end);
	}
	return Number.POSITIVE_INFINITY;
}

/** From `position` on, nothing is certain. */
function splitAt(leaves: readonly Leaf[], position: number): Leaf[] {
	return leaves.flatMap((leaf) => {
		if (leaf.end <= position) return [leaf];
		if (leaf.start >= position) return [{ ...leaf, isCertain: false }];
		return [
			{ ...leaf, end: position },
			{ ...leaf, start: position, isCertain: false },
		];
	});
}
