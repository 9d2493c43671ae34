import { expect, it } from 'vitest';
import { tokensUsed } from '#src/limits/token-usage.ts';

const estimated = { promptTokens: 100, outputTokens: 6 };

it.each([
	['the model’s own numbers', { promptTokens: 7, outputTokens: 5, hasSpoken: true }, 12],
	['the model’s own numbers for a round without text', { promptTokens: 7, outputTokens: 0, hasSpoken: false }, 7],
	['an estimate of what the model does not tell', { promptTokens: null, outputTokens: 5, hasSpoken: true }, 105],
	['an estimate of a round that was stopped', { promptTokens: null, outputTokens: null, hasSpoken: true }, 106],
	['nothing when no word came', { promptTokens: null, outputTokens: null, hasSpoken: false }, 0],
])('counts %s', (_name, round, expected) => {
	expect(tokensUsed({ ...round, estimated })).toBe(expected);
});
