/** What a model's own counts teach of its tokenizer: each finished answer tells how many tokens its prompt really had. */

import { estimateTokens, startRates, type TokenRates, weigh } from './token-estimate.ts';
import { noParts, type TokenParts, tokenClasses, tokenParts, turnParts } from './token-parts.ts';
import { isCutToHalf } from './truncation.ts';

export interface TokenCorrection {
	estimate(text: string): number;
	/** `contents` are all messages of one prompt, `counted` what the model says it read. */
	learn(contents: readonly string[], counted: number): void;
}

/** A template's own words would weigh too much in less. */
const leastTokens = 100;
/** Beyond these shares of the estimate a count is of something else: of a part of the prompt, or of another one. */
const leastShare = 0.4;
const mostShare = 4;
/** One count never raises an estimate by more: if it is right, the next one goes on. */
const mostRise = 2;
/** An estimate is lowered only as far as so many counts in a row agree, and by a part of that at a time: too few tokens are a prompt that Ollama cuts. */
const agreeingCounts = 5;
const fallingShare = 0.3;
/** What an estimate keeps above the counts: one kind of text may make up in a prompt for what is estimated too low of another. */
const surplus = 1.1;
/** How much less is known of some classes than of others before a model is seen: vocabularies differ most in emoji and in letters that are not Latin. */
const doubts: TokenParts = { english: 1, code: 1, words: 1, digits: 1, marks: 0.5, emoji: 8, scripts: 8, breaks: 0.5, turns: 0.5 };
/** No tokenizer takes less or more than this of what the least favourable common one takes. */
const leastRate = 0.4;
const mostRate = 4;

export function createTokenCorrection(contextTokens: number): TokenCorrection {
	let rates = startRates;
	/** Counts as shares of what was estimated, the latest last. */
	let shares: number[] = [];

	return {
		estimate: (text) => estimateTokens(text, rates),
		learn(contents, counted) {
			const parts = partsOf(contents);
			const estimated = weigh(parts, rates);
			const isCut = isCutToHalf(counted, estimated, contextTokens);
			// What was cut had more than the window.
			const share = (isCut ? contextTokens : counted) / estimated;
			if (counted < leastTokens || estimated < leastTokens || share < leastShare || share > mostShare) return;
			shares = [...shares, share].slice(-agreeingCounts);
			const aim = Math.max(...shares) * surplus;
			if (share > 1) rates = moved(rates, parts, (Math.min(share, mostRise) - 1) * estimated);
			else if (aim < 1 && shares.length === agreeingCounts) {
				rates = moved(rates, mainPart(parts, rates), fallingShare * (aim - 1) * estimated);
			}
		},
	};
}

function partsOf(contents: readonly string[]): TokenParts {
	const sum = noParts();
	for (const parts of [turnParts(contents.length), ...contents.map((content) => tokenParts(content))]) {
		for (const name of tokenClasses) sum[name] += parts[name];
	}
	return sum;
}

/** The class of which half of a prompt is; nothing where there is none. Only of that a count says that it is too high. */
function mainPart(parts: TokenParts, rates: TokenRates): TokenParts {
	const half = weigh(parts, rates) / 2;
	const main = noParts();
	for (const name of tokenClasses) if (parts[name] * rates[name] >= half) main[name] = parts[name];
	return main;
}

/** The rates with which these parts are so many tokens more. Those move most of which the text has most, and those that are most in doubt. */
function moved(rates: TokenRates, parts: TokenParts, tokens: number): TokenRates {
	const weight = tokenClasses.reduce((sum, name) => sum + doubts[name] * parts[name] ** 2, 0);
	if (weight === 0) return rates;
	const next = { ...rates };
	for (const name of tokenClasses) {
		const rate = rates[name] + (tokens * doubts[name] * parts[name]) / weight;
		next[name] = Math.min(Math.max(rate, leastRate), mostRate);
	}
	return next;
}
