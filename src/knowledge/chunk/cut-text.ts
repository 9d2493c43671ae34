/** Cuts a text that is too long for one chunk: between lines, between sentences, between words, and only then within one. Pure. */

import { estimateTokens } from '../../models/token-estimate.ts';
import { stretchesOf } from '../stretches.ts';

/** From the coarsest to the finest. Each cut keeps what it cuts at. */
const cutters: readonly ((text: string) => string[])[] = [
	(text) => text.split(/(?<=\n)/),
	(text) => text.split(/(?<=[.!?…。！？]["'”»)\]]*\s)/u),
	(text) => text.split(/(?<=\s)/),
	(text) => text.match(/[\s\S]{1,100}/gu) ?? [],
];

/** Linear in the length. @returns pieces of at most so many tokens by the estimate, without blanks around them; none for a blank text. */
export function cutText(text: string, mostTokens: number): string[] {
	if (text.length * mostTokensPerCharacter <= mostTokens) return text.trim() === '' ? [] : [text.trim()];
	return [...stretchesOf(text)]
		.flatMap((each) => cut(each, mostTokens, 0))
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '');
}

/** No common text has more tokens than this by the estimate, for each character; then nothing has to be counted. */
export const mostTokensPerCharacter = 1.3;
/** Where it has more, it is too long, or nothing but blanks: it is cut without counting. */
const mostCharactersPerToken = 10;

function cut(text: string, mostTokens: number, level: number): string[] {
	const cutter = cutters[level];
	if (cutter === undefined || tokensOf(text, mostTokens) <= mostTokens) return [text];
	const pieces: string[] = [];
	let tokens = Number.POSITIVE_INFINITY;
	for (const part of cutter(text)) {
		const cost = tokensOf(part, mostTokens);
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

/** Counting costs: it is done only where the length does not tell. */
function tokensOf(text: string, mostTokens: number): number {
	if (text.length > mostTokens * mostCharactersPerToken) return Number.POSITIVE_INFINITY;
	return estimateTokens(text);
}
