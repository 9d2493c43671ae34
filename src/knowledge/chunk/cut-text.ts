/** Cuts a text that is too long for one chunk: between lines, between sentences, between words, and only then within one. Pure. */

import { estimateTokens } from '../../models/token-estimate.ts';

/** From the coarsest to the finest. Each cut keeps what it cuts at. */
const cutters: readonly ((text: string) => string[])[] = [
	(text) => text.split(/(?<=\n)/),
	(text) => text.split(/(?<=[.!?…。！？]["'”»)\]]*\s)/u),
	(text) => text.split(/(?<=\s)/),
	(text) => text.match(/[\s\S]{1,100}/gu) ?? [],
];

/** Linear in the length. @returns pieces of at most so many tokens by the estimate, without blanks around them; none for a blank text. */
export function cutText(text: string, mostTokens: number): string[] {
	return cut(text, mostTokens, 0)
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '');
}

function cut(text: string, mostTokens: number, level: number): string[] {
	// No text of so many characters has fewer tokens, and counting them costs.
	const isShort = text.length <= mostTokens * 10 && estimateTokens(text) <= mostTokens;
	const cutter = cutters[level];
	if (isShort || cutter === undefined) return [text];
	const pieces: string[] = [];
	let tokens = Number.POSITIVE_INFINITY;
	for (const part of cutter(text)) {
		const cost = part.length > mostTokens * 10 ? Number.POSITIVE_INFINITY : estimateTokens(part);
		if (cost > mostTokens) {
			pieces.push(...cut(part, mostTokens, level + 1));
			tokens = Number.POSITIVE_INFINITY;
		} else if (tokens + cost > mostTokens) {
			pieces.push(part);
			tokens = cost;
		} else {
			pieces[pieces.length - 1] += part;
			tokens += cost;
		}
	}
	return pieces;
}
