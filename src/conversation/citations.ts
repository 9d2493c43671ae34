/** Which of what was found an answer cites. Pure. */

import type { Source } from '../platform/chat-platform.ts';

/** In code a number in brackets is an index: in a fence, also in one that is still open, and between as many backticks in a line. */
const fence = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(?![^\n]*`)[\s\S]*?(?:^[ \t>]*\1|(?![\s\S]))/gm;
const span = /(?<!`)(`{1,32})(?!`)[^\n]*?(?<!`)\1(?!`)/g;
const mark = /\[(\d{1,3})\]/g;

/** Those whose number stands in the text, in the order of the numbers. */
export function citedIn(text: string, sources: readonly Source[]): Source[] {
	if (sources.length === 0) return [];
	const numbers = new Set([...text.replace(fence, '').replace(span, '').matchAll(mark)].map(([, number]) => Number(number)));
	return sources.filter(({ position }) => numbers.has(position));
}
