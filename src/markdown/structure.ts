/** Of how many parts a block of Markdown becomes one message on a platform that has parts of its own. Pure. */

import type { BlockKind } from './block.ts';
import { readLeaves } from './leaves.ts';

/** What one message may consist of on a platform that makes parts of its own of the Markdown that it is given. */
export interface MessageStructure {
	/** The most parts that the text may make: headings, paragraphs, lists, code, rules, tables. What the bot puts below it has room of its own. */
	parts: number;
	/** A longer stretch of text makes several parts. */
	partCharacters: number;
	/** The most rows of a table, its header among them. */
	tableRows: number;
}

/** Never too few: a platform that makes fewer of them only gets an earlier cut. Infinite for what it takes in no number. */
export function countParts(kind: BlockKind, source: string, { partCharacters, tableRows }: MessageStructure): number {
	if (kind === 'table' && source.trimEnd().split('\n').length - 1 > tableRows) return Number.POSITIVE_INFINITY;
	return Math.ceil(source.length / partCharacters) + 2 * countInner(kind, source);
}

/** A fence or table within a list or quote is a part of its own, and cuts what it lies in into two. */
function countInner(kind: BlockKind, source: string): number {
	if ((kind !== 'list' && kind !== 'quote') || !/```|~~~|\|/.test(source)) return 0;
	return readLeaves(source).filter((leaf) => leaf.kind !== 'text').length;
}
