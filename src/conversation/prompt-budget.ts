/** How many tokens a prompt and its parts may take, and do take by our estimate. Pure. */

import { estimateTokens } from '../models/token-estimate.ts';

export interface PromptBudget {
	contextTokens: number;
	answerTokens: number;
	/** As the model is known to count; by the rules for all models when absent. */
	estimateTokens?: (text: string) => number;
}

/** What parts of a prompt take. */
export interface Measure {
	tokens(text: string): number;
	/** Of a message. */
	cost(text: string): number;
	/** Of lines within one message, each with its line feed. */
	ofLines(lines: readonly string[]): number;
	/** As many characters as there is room for if the whole text is like this one, in round figures; `missing` tokens is below 0. */
	charactersFor(text: string, missing: number): number;
}

/** Our estimate is on the safe side, but a template adds a few tokens to each message. */
export const templateTokensPerMessage = 8;
/** Never filled: what the estimate may be wrong by. */
const safetyShare = 0.05;
/** A long question, and what tools give, may take from the answer's room until so much is left: some 700 words. */
export const leastAnswerTokens = 1_000;

/** About how many characters of prose a question may have: for what tells people so. */
export function maxQuestionCharacters(budget: PromptBudget): number {
	/** With the tools that are offered. */
	const instructionTokens = 900;
	// 2.7 characters a token, as the estimate has it for prose in Spanish; rounded down to what people remember.
	return Math.max(Math.floor(((roomIn(budget).most - instructionTokens) * 2.7) / 500) * 500, 500);
}

/** What a prompt may take: usually, and where its question is long. */
export function roomIn(budget: PromptBudget): { usual: number; most: number } {
	const { answerTokens } = budget;
	return { usual: whole(budget) - answerTokens, most: whole(budget) - Math.min(answerTokens, leastAnswerTokens) };
}

export function whole({ contextTokens }: PromptBudget): number {
	return Math.floor(contextTokens * (1 - safetyShare));
}

export function measureBy({ estimateTokens: tokens = estimateTokens }: Pick<PromptBudget, 'estimateTokens'>): Measure {
	return {
		tokens,
		cost: (text) => tokens(text) + templateTokensPerMessage,
		ofLines: (lines) => lines.reduce((sum, line) => sum + tokens(line) + 1, 0),
		charactersFor(text, missing) {
			const whole = tokens(text);
			return Math.max(Math.floor((text.length * (whole + missing)) / whole / 100) * 100, 0);
		},
	};
}
