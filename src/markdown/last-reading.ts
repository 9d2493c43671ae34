/** The last look at a text, right before it is sent: what lives in it and must not is written as text that means nothing to anybody. */

import { readBlocks } from './blocks.ts';
import { toBluntText, toInertText } from './inert-text.ts';

/** Where something is in a text, in UTF-16 units. */
export type Stretch = readonly [start: number, end: number];

/** Finds what must not live in a text, as one reader has it. Empty when there is nothing. */
export type FindLive = (text: string) => Stretch[];

export interface LastReading {
	/** Whether there is nothing in the text that must not live. */
	isClean(text: string): boolean;
	/**
	 * The text itself when it is clean. Otherwise the blocks that are not are written as inert text, and the whole text when that is not
	 * enough. What comes of it is clean. @param limit The most characters; what must be altered is not made longer than that.
	 */
	makeClean(text: string, limit?: number): string;
}

/** Some readers take it off the beginning of a text, and find other blocks than the rest. */
const BYTE_ORDER_MARK = /^\uFEFF+/;

/**
 * A net below the checks that were made before: it shares no reader of links with them, and knows nothing of what they have done.
 * @param finders One for each reader that the platform may have. Inert text must be clean for all of them.
 */
export function createLastReading(finders: readonly FindLive[]): LastReading {
	const find = (text: string) => finders.flatMap((finder) => readWith(finder, text));
	const isCleanAsGiven = (text: string) => finders.every((finder) => readWith(finder, text).length === 0);
	const isClean = (text: string) =>
		isCleanAsGiven(text) && (!BYTE_ORDER_MARK.test(text) || isCleanAsGiven(text.replace(BYTE_ORDER_MARK, '')));
	return {
		isClean,
		makeClean(given, limit = Number.POSITIVE_INFINITY) {
			const text = given.replace(BYTE_ORDER_MARK, '');
			const found = find(text);
			if (found.length === 0) return text;
			const changed = writeBlocks(text, found);
			const clean = isClean(changed) ? changed : toInertText(text);
			return clean.length <= limit ? clean : toBluntText(text);
		},
	};
}

/** Where the reader meets this, something may live. */
export function findPattern(pattern: RegExp): FindLive {
	return (text) => Array.from(text.matchAll(pattern), ({ 0: found, index }): Stretch => [index, index + found.length]);
}

/** What cannot be read counts as alive. */
function readWith(finder: FindLive, text: string): Stretch[] {
	try {
		return finder(text);
	} catch {
		return [[0, text.length]];
	}
}

function writeBlocks(text: string, found: readonly Stretch[]): string {
	let output = '';
	let position = 0;
	for (const { start, end } of readBlocks(text).blocks) {
		const isTouched = found.some(([from, to]) => from <= end && to >= start);
		const source = text.slice(start, end);
		output += text.slice(position, start) + (isTouched ? toInertText(source) : source);
		position = end;
	}
	return output + text.slice(position);
}
