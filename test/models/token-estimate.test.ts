/** The estimate of tokens, before anything is known of a model. */

import { describe, expect, it } from 'vitest';
import { estimateTokens } from '#src/models/token-estimate.ts';
import { tokenParts } from '#src/models/token-parts.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { countedTexts } from './counted-texts.ts';

/** What a prompt's budget leaves free. */
const margin = 0.05;

describe('estimateTokens', () => {
	it.each([
		['nothing', '', 0],
		['blanks', ' ', 0],
		['digits, one each', '2026', 4],
		['a blank before a digit', 'a 7', 3],
		['punctuation, one each', '1;2,3', 5],
		['punctuation in a row, less', '{}[]();', 5],
		['lines', 'a\nb\n\nc', 6],
		['indentation', '\n\t\ta', 2],
		['Chinese, one a character', '你好世界', 4],
		['Japanese beside a Latin word', 'Slackで質問', 5],
		['a name in capitals and small letters, by its words', 'countTokensOf', 6],
	])('counts %s', (_, text, tokens) => {
		expect(estimateTokens(text)).toBe(tokens);
	});

	it.each(countedTexts.filter(({ kind }) => !['emoji', 'Chinese', 'Russian'].includes(kind)))(
		'of $kind is not below the truth of any tokenizer by more than what is kept free',
		({ text, smollm2, llama3, gptOss }) => {
			expect(estimateTokens(text)).toBeGreaterThanOrEqual(Math.max(smollm2, llama3, gptOss) * (1 - margin));
		},
	);

	it.each([
		['English prose', 1.3],
		['code', 1.7],
		['Spanish prose', 1.7],
	])('of %s is not far above it', (kind, most) => {
		const counted = countedTexts.find((text) => text.kind === kind);
		expect(estimateTokens(counted?.text ?? '')).toBeLessThanOrEqual((counted?.llama3 ?? 0) * most);
	});

	it('never gives less for a longer text', () => {
		const text = 'El plazo vence el 31/12/2026; the end of it is for you and me to see — pregunta a «Personal» — 日本語 too, aB.';
		const estimates = Array.from({ length: text.length }, (_, end) => estimateTokens(text.slice(0, end)));
		expect(estimates).toEqual(estimates.toSorted((one, other) => one - other));
	});

	it('tells English from what is written around it', () => {
		const { english, words } = tokenParts(
			'Please tell the people of the office that they have to be there.\nEl plazo vence mañana y nadie lo sabe.',
		);
		expect([english > 8, words > 8]).toEqual([true, true]);
	});

	it.each([
		'una palabra, 42 números y más. '.repeat(1200),
		'a'.repeat(40_000),
		'\n'.repeat(40_000),
		'aB'.repeat(20_000),
		'字'.repeat(40_000),
	])('is quick enough for a whole context', async (text) => {
		expect(await threadMs(() => estimateTokens(text), 100)).toBeLessThan(100);
	});
});
