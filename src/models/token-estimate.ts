/** How many tokens a text is, without the model's tokenizer: rather too many than too few, because Ollama truncates silently. */

import { type TokenParts, tokenClasses, tokenParts } from './token-parts.ts';

/** What a model takes for a class of text, as a share of what `tokenParts` counts. */
export type TokenRates = Readonly<TokenParts>;

/** As long as nothing is known of the model. */
export const startRates: TokenRates = { english: 1, code: 1, words: 1, digits: 1, marks: 1, emoji: 1, scripts: 1, breaks: 1, turns: 1 };

/** A whole number, 0 for an empty text. Linear in the length. */
export function estimateTokens(text: string, rates: TokenRates = startRates): number {
	return Math.ceil(weigh(tokenParts(text), rates));
}

export function weigh(parts: TokenParts, rates: TokenRates): number {
	return tokenClasses.reduce((sum, name) => sum + parts[name] * rates[name], 0);
}

/** Ollama counts 768 for each picture when it looks whether a prompt fits (`server/prompt.go`). Models take 256 to some 2,700, most by the size. */
const [leastPictureTokens, mostPictureTokens, pixelsPerToken] = [768, 2_700, 28 * 28];

/** Of a picture with so many pixels: rather too many. */
export function estimatePictureTokens(pixels: number): number {
	return Math.min(Math.max(Math.ceil(pixels / pixelsPerToken), leastPictureTokens), mostPictureTokens);
}
