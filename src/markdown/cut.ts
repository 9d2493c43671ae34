/** Cuts one block that is too long for a message in two blocks that each stand alone. */

import type { BlockKind } from './block.ts';
import { type Leaf, readLeaves } from './leaves.ts';
import { readAtoms } from './safe-inline.ts';

export interface BlockCut {
	/** The source of the first piece; a fence that was cut is closed. */
	head: string;
	/** The source of the rest; a fence that was cut is opened again, a table has its header again. */
	tail: string;
	/** False when it was cut within a word, because there was nothing better. */
	isClean: boolean;
}

export interface BlockCutter {
	/** The longest source position whose head passes `fits`; 0 when none does. */
	findLargest(fits: (head: string) => boolean): number;
	/** Cuts at the best place from `minimum` to `largest`, both positions in the source. */
	cutBetween(minimum: number, largest: number): BlockCut;
}

/**
 * What is put before the rest again (a fence's opening, a table's header, marks of quotes) takes at most this share of what was cut: so each
 * cut makes the rest shorter by its half at least.
 */
const repeatedShare = 0.5;

/** Longest prefix of a fence that is looked at. */
const prefixCharacters = 1_000;

/** Longest fence marker that is taken for one. */
const markerCharacters = 40;

/** Links and code spans above this length are cut like any text. */
const atomCharacters = 3_000;

/** How much of the allowed length a better place may cost. */
const worthwhileShare = 0.5;

/** Prepares to cut a block. `kind` decides what a good place is: between rows, items, lines, sentences or words, in this order. */
export function createBlockCutter(source: string, kind: BlockKind): BlockCutter {
	const leaves = readLeaves(source);

	function split(at: number, keep: number): Omit<BlockCut, 'isClean'> {
		const leaf = leaves.find(({ start, end }) => start < at && (at < end || (at === end && end === source.length)));
		const fence = leaf === undefined ? null : readFenceAt(source, at, leaf);
		if (leaf !== undefined && fence !== null) return splitFence(source, at, leaf, fence);
		const head = source.slice(0, Math.max(keep, source.slice(0, at).trimEnd().length));
		const rest = source.slice(at).replace(/^[ \t\n]+/, '');
		const repeated = rest === '' ? '' : readRepeated(source, at, leaf);
		return { head, tail: (mayRepeat(repeated, at) ? repeated : '') + rest };
	}

	return {
		findLargest(fits) {
			let low = 0;
			let high = 512;
			// Doubling first: the cost follows the length of the head, not that of the source.
			while (high < source.length && fits(split(high, 0).head)) {
				low = high;
				high *= 2;
			}
			high = Math.min(high, source.length);
			while (low < high) {
				const middle = Math.ceil((low + high) / 2);
				if (fits(split(middle, 0).head)) low = middle;
				else high = middle - 1;
			}
			return low;
		},
		cutBetween(minimum, largest) {
			const floor = Math.max(minimum, Math.floor(largest * worthwhileShare), 1);
			const atoms = readAtoms(source.slice(0, largest + atomCharacters)).filter(([start, end]) => end - start <= atomCharacters);
			const whole = (at: number) => atoms.find(([start, end]) => start < at && at < end)?.[0] ?? at;
			const isGood = (at: number) => at >= floor && at <= largest && whole(at) === at && !startsBody(source, leaves, at);
			const place = findPlace(source.slice(0, largest + 12), kind, isGood);
			if (place !== undefined) return { ...split(place, minimum), isClean: true };
			const before = whole(hardPlace(source, minimum, largest));
			return { ...split(before > minimum ? before : hardPlace(source, minimum, largest), minimum), isClean: false };
		},
	};
}

/** The source with the fence closed that it leaves open, be it the block itself or one inside it. */
export function closeOpenFence(source: string): string {
	const last = /```|~~~/.test(source) ? readLeaves(source).at(-1) : undefined;
	const fence = last?.kind === 'code' ? readFence(source, last) : null;
	if (last === undefined || fence === null || isClosed(source, last, fence)) return source;
	return `${source.replace(/\n$/, '')}\n${fence.prefix}${fence.marker}`;
}

/** The source with a marker of this length for the fence that it leaves open; null where there is none, or it lies before `from`. */
export function widenOpenFence(source: string, length: number, from: number): string | null {
	const last = readLeaves(source).at(-1);
	const fence = last?.kind === 'code' ? readFence(source, last) : null;
	if (last === undefined || fence === null || isClosed(source, last, fence)) return null;
	const at = last.start + fence.prefix.length;
	if (at < from) return null;
	return source.slice(0, at) + fence.marker.charAt(0).repeat(length) + source.slice(at + fence.marker.length);
}

interface Fence {
	opening: string;
	/** What stands before the marker on lines that are not the first one: marks of quotes, blanks for those of list items. */
	prefix: string;
	marker: string;
}

/** Null when the marker is so long that repeating it makes no sense. */
function readFence(source: string, leaf: Leaf): Fence | null {
	const opening = source.slice(leaf.start, leaf.end).split('\n', 1)[0] ?? '';
	const match = /^(?<before>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*)(?<marker>`{3,}|~{3,})/.exec(opening);
	const { before = '', marker = '' } = match?.groups ?? {};
	if (marker === '' || marker.length > markerCharacters || before.length > prefixCharacters) return null;
	return { opening, prefix: before.replace(/[^>\t]/g, ' '), marker };
}

function isClosed(source: string, leaf: Leaf, { opening, prefix, marker }: Fence): boolean {
	const body = source.slice(leaf.start + opening.length, leaf.end).replace(/\n$/, '');
	const lastLine = body.slice(body.lastIndexOf('\n') + 1);
	const indent = (prefix.includes('>') ? /^[ \t>]*/ : /^[ \t]*/).exec(lastLine)?.[0] ?? '';
	const closing = lastLine.slice(indent.length).trimEnd();
	const isMarker = closing.length >= marker.length && closing === (marker[0] ?? '').repeat(closing.length);
	return body !== '' && isMarker && indent.length <= prefix.length + 3;
}

function splitFence(source: string, at: number, leaf: Leaf, fence: Fence): Omit<BlockCut, 'isClean'> {
	const bodyStart = leaf.start + fence.opening.length + 1;
	const isRepeated = at > bodyStart && mayRepeat(fence.opening, at);
	const reopening = isRepeated ? fence.prefix + fence.opening.slice(fence.prefix.length) : fence.prefix + fence.marker;
	const tail = `${reopening}\n${source.slice(at).replace(/^\n/, '')}`;
	// Room for no more than the fence itself: better an open fence than no progress.
	const isShorter = tail.length < source.length && (mayRepeat(reopening, at) || reopening.length <= markerCharacters);
	if (!isShorter) return { head: source.slice(0, at), tail: source.slice(at) };
	return { head: `${source.slice(0, at).replace(/\n$/, '')}\n${fence.prefix}${fence.marker}`, tail };
}

/** The fence that a position lies in, behind its marker and before its end. */
function readFenceAt(source: string, at: number, leaf: Leaf): Fence | null {
	const fence = leaf.kind === 'code' ? readFence(source, leaf) : null;
	if (fence === null || at <= leaf.start + fence.prefix.length + fence.marker.length) return null;
	return at === leaf.end && isClosed(source, leaf, fence) ? null : fence;
}

/** What stands before the rest again: the header of the table, or the marks of the quote, that a position lies in. */
function readRepeated(source: string, at: number, leaf: Leaf | undefined): string {
	const header = leaf?.kind === 'table' ? readHeader(source, leaf) : '';
	if (header !== '' && leaf !== undefined && at > leaf.start + header.length) return header;
	return source[at - 1] === '\n' ? '' : readQuoteMarks(source, at);
}

/** Whether something may stand before the rest again when so much was cut. */
function mayRepeat(prefix: string, cut: number): boolean {
	return prefix.length <= cut * repeatedShare;
}

/** Header and delimiter row with their line breaks. */
function readHeader(source: string, leaf: Leaf): string {
	const second = source.indexOf('\n', source.indexOf('\n', leaf.start) + 1) + 1;
	return second > 0 ? source.slice(leaf.start, second) : '';
}

/** The marks of the quote that a position within a line lies in. */
function readQuoteMarks(source: string, at: number): string {
	const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
	return /^[ \t]*(?:>[ \t]?){1,20}/.exec(line)?.[0] ?? '';
}

const LINE_END = /\n/g;
/** A line break before an item's marker. */
const ITEM_END = /\n(?=[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t])/g;
/** An item that is not inside another. */
const OUTER_ITEM_END = /\n(?=(?:[-+*]|\d{1,9}[.)])[ \t])/g;
const SENTENCE_END = /[.!?…]["'”’»)\]]*[ \t\n]+|[。！？]/g;
const WORD_END = /[ \t\n]+/g;

const placesByKind: Record<BlockKind, readonly RegExp[]> = {
	list: [OUTER_ITEM_END, ITEM_END, LINE_END, SENTENCE_END, WORD_END],
	quote: [LINE_END, SENTENCE_END, WORD_END],
	table: [LINE_END, WORD_END],
	code: [LINE_END, WORD_END],
	paragraph: [SENTENCE_END, WORD_END],
	heading: [SENTENCE_END, WORD_END],
	rule: [],
};

/** The last good place of the best sort there is. */
function findPlace(source: string, kind: BlockKind, isGood: (at: number) => boolean): number | undefined {
	// What follows must not turn into a list, a heading or the like because it begins a line now.
	const changesForm = (at: number) => /^(?:[-+*>#=|~`]|\d{1,9}[.)])/.test(source.slice(at).trimStart());
	for (const pattern of placesByKind[kind]) {
		const isLine = pattern !== SENTENCE_END && pattern !== WORD_END;
		const places = Array.from(source.matchAll(pattern), ({ 0: match, index }) => index + match.length);
		const place = places.findLast((at) => isGood(at) && (isLine || !changesForm(at)));
		if (place !== undefined) return place;
	}
	return undefined;
}

/** Whether a fence's opening line, or a table's first rows, would stay behind alone. */
function startsBody(source: string, leaves: readonly Leaf[], at: number): boolean {
	const leaf = leaves.find(({ start, end, kind }) => kind !== 'text' && start < at && at < end);
	if (leaf === undefined) return false;
	const head = source.slice(leaf.start, at).trimEnd();
	return head.split('\n').length <= (leaf.kind === 'table' ? 2 : 1);
}

const graphemes = new Intl.Segmenter();

/** As far as possible, but between two characters as people see them. */
function hardPlace(source: string, minimum: number, largest: number): number {
	const from = Math.max(minimum, largest - 200);
	const window = source.slice(from, largest + 100);
	const borders = Array.from(graphemes.segment(window), ({ index }) => from + index);
	return borders.findLast((at) => at <= largest && at > from) ?? Math.max(largest, minimum);
}
