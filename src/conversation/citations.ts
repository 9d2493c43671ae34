/** Which of what was found an answer cites. Pure. */

import type { Source } from '../platform/chat-platform.ts';

/** In code a number in brackets is an index. */
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const mark = /\[(\d{1,3})\]/g;

/** Those whose number stands in the text, in the order of the numbers. */
export function citedIn(text: string, sources: readonly Source[]): Source[] {
	if (sources.length === 0) return [];
	const numbers = new Set([...text.replace(code, '').matchAll(mark)].map(([, number]) => Number(number)));
	return sources.filter(({ position }) => numbers.has(position));
}
