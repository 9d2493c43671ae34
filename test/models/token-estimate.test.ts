/** The estimate of tokens. */

import { describe, expect, it } from 'vitest';
import { estimateTokens } from '#src/models/token-estimate.ts';
import { threadMs } from '#test/setup/thread-time.ts';

describe('estimateTokens', () => {
	it.each([
		['nothing', '', 0],
		['one short word', 'sí', 2],
		['English prose, by its characters', 'considerable organisational responsibilities', 14],
		['many short words, by their number', 'a b c d e f g h i j', 14],
		['digits, one each', '2026', 4],
		['punctuation, one each', '{}[]();', 7],
		['Chinese, one a character', '你好世界', 4],
		['Japanese beside a Latin word', 'Slackで質問', 5],
	])('counts %s', (_, text, tokens) => {
		expect(estimateTokens(text)).toBe(tokens);
	});

	it('never gives less for a longer text', () => {
		const text = 'El plazo vence el 31/12/2026; pregunta a «Personal» — 日本語 too.';
		const estimates = Array.from({ length: text.length }, (_, end) => estimateTokens(text.slice(0, end)));
		expect(estimates).toEqual(estimates.toSorted((one, other) => one - other));
	});

	it('is quick enough for a whole context', async () => {
		const text = 'una palabra, 42 números y más. '.repeat(1200);
		expect(await threadMs(() => estimateTokens(text), 100)).toBeLessThan(100);
	});
});
