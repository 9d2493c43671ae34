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
