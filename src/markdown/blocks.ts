/** Cuts a Markdown text into its top-level blocks, each with its source, and tells which of them are final. */

import type { Token } from 'markdown-it';
import type { Block, BlockKind } from './block.ts';
import { readLineStarts, readTopLevelTokens } from './parser.ts';

/** A block and where it lies in the text that was read. */
export interface LocatedBlock extends Block {
	start: number;
	/** The end of its last line, without the line break. */
	end: number;
}

export interface BlockReading {
	blocks: LocatedBlock[];
	/** Where the first block begins that more text could still change; all before it is final. */
	settledLength: number;
}

const kinds: Record<string, BlockKind> = {
	heading_open: 'heading',
	bullet_list_open: 'list',
	ordered_list_open: 'list',
	blockquote_open: 'quote',
	table: 'table',
	fence: 'code',
	hr: 'rule',
};

/**
 * Reads the top-level blocks of a text that may still grow. Their sources are verbatim slices; only blank lines lie between
 * them. HTML, indented code and link definitions are read as paragraphs.
 * @param source Line breaks are `\n` only.
 */
export function readBlocks(source: string): BlockReading {
	const lineStarts = readLineStarts(source);
	const blocks: LocatedBlock[] = [];
	for (const token of readTopLevelTokens(source)) {
		if (token.map !== null && token.nesting >= 0 && token.type !== 'inline') {
			blocks.push(locate(source, lineStarts, token, token.map));
		}
	}
	const settledLength = findSettledLength(source, blocks);
	for (const block of blocks) block.isComplete = block.start < settledLength;
	return { blocks, settledLength };
}

/** A line, or the beginning of one, that begins a block or may yet do so. */
const MAY_BEGIN_BLOCK = /^ {0,3}(?:#{1,6}|[-+*_ \t]*|\d{1,9}(?:[.)][ \t]*)?|`{1,2}|`{3,}[^`]*|~.*|\|.*)$/;

/**
 * How much of an unfinished block's source is sure to stay in this block. An unfinished last line may yet begin the next one,
 * and a line with bars above it be a table's first, where it is no row of one already.
 */
export function readCertainLength(source: string, kind: BlockKind): number {
	const lastLine = source.lastIndexOf('\n') + 1;
	const line = source.slice(lastLine);
	const above = source.lastIndexOf('\n', lastLine - 2) + 1;
	if (kind !== 'table' && above > 0 && /^ {0,3}\|/.test(source.slice(above, lastLine)) && /^[\s|:-]*$/.test(line)) return above;
	return lastLine > 0 && MAY_BEGIN_BLOCK.test(line) ? lastLine : source.length;
}

function locate(source: string, lineStarts: readonly number[], token: Token, [from, to]: [number, number]): LocatedBlock {
	const start = lineStarts[from] ?? 0;
	const verbatim = withoutBlankEnd(source.slice(start, lineStarts[to] ?? source.length));
	const kind = kinds[token.type] ?? 'paragraph';
	const language = kind === 'code' ? (token.info.trim().split(/\s/)[0] ?? '') : '';
	return { kind, source: verbatim, language, isComplete: true, start, end: start + verbatim.length };
}

function withoutBlankEnd(source: string): string {
	const lineEnd = source.indexOf('\n', source.trimEnd().length);
	return lineEnd < 0 ? source : source.slice(0, lineEnd);
}

/**
 * The last block may always grow. The one before it is final too, unless the last block lies in a line that has not ended and
 * might yet turn out to belong to the block before: `#` is a heading, `#1` goes on with the paragraph above.
 */
function findSettledLength(source: string, blocks: readonly LocatedBlock[]): number {
	const last = blocks.at(-1);
	const previous = blocks.at(-2);
	if (last === undefined) return 0;
	if (previous === undefined || hasBegun(source, last)) return last.start;
	return isSeparate(source, previous, last) ? last.start : previous.start;
}

/** Whether the lines have ended that make the block what it is: its first one, and of a table the second. */
function hasBegun(source: string, { kind, start }: LocatedBlock): boolean {
	const firstEnd = source.indexOf('\n', start);
	return firstEnd >= 0 && (kind !== 'table' || source.includes('\n', firstEnd + 1));
}

/** Whether nothing that follows in the last line could make it part of the block before. */
function isSeparate(source: string, previous: LocatedBlock, last: LocatedBlock): boolean {
	if (previous.kind === 'heading' || previous.kind === 'rule' || previous.kind === 'code') return true;
	const isApart = /\n[ \t]*\n/.test(source.slice(previous.end, last.start));
	// After a blank line only a list can go on, with something that is or may become an item's marker.
	return isApart && (previous.kind !== 'list' || !/^(?:\d{1,9}[.)]?|[-+*_ \t]*)$/.test(last.source.trim()));
}
