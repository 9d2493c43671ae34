import { expect, it } from 'vitest';
import { tokensUsed } from '#src/limits/token-usage.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';

const firstTokenAt = new Date(0);
const text = 'Four plain little words.';
const estimatedPromptTokens = 100;

it.each([
	['the model’s own numbers', { promptTokens: 7, outputTokens: 5, firstTokenAt }, 12],
	['the model’s own numbers for an answer without text', { promptTokens: 7, outputTokens: 0 }, 7],
	['an estimate of what the model does not tell', { promptTokens: null, outputTokens: 5, firstTokenAt }, 105],
	['an estimate of an answer that was stopped', { firstTokenAt }, 100 + estimateTokens(text)],
	['nothing when no word came', {}, 0],
])('counts %s', (_name, facts, expected) => {
	expect(tokensUsed({ text, facts, estimatedPromptTokens })).toBe(expected);
});
