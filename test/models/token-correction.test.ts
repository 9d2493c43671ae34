/** What the counts of a model do to the estimate. */

import { describe, expect, it } from 'vitest';
import { createTokenCorrection, type TokenCorrection } from '#src/models/token-correction.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';
import { type CountedText, countedTexts } from './counted-texts.ts';

const contextTokens = 8_192;
/** What a prompt's budget leaves free. */
const margin = 0.05;
type Family = 'smollm2' | 'llama3' | 'gptOss';
const families: Family[] = ['smollm2', 'llama3', 'gptOss'];

/** Of the kinds named, all when none is. */
function textsOf(...kinds: string[]): CountedText[] {
	return countedTexts.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
}

/** Prompts of two messages of one kind each, with what a template adds. */
function learn(correction: TokenCorrection, family: Family, texts: readonly CountedText[], rounds: number): void {
	for (let round = 0; round < rounds; round++) {
		const counted = texts[round % texts.length];
		if (counted === undefined) continue;
		const content = Array.from({ length: 10 }, () => counted.text).join('\n');
		correction.learn([content, content], 2 * (10 * (counted[family] + 1) + 5));
	}
}

/** Nearly all of it is of one class. */
const isUniform = (kind: string) => /prose|digits|Chinese|Russian/.test(kind);
const ratio = (correction: TokenCorrection, family: Family, counted: CountedText) => correction.estimate(counted.text) / counted[family];

describe.each(families)('the estimate for a model that counts as %s does', (family) => {
	it.each(countedTexts.map(({ kind }) => kind))('is right of %s after some answers, and not too low', (kind) => {
		const correction = createTokenCorrection(contextTokens);
		learn(correction, family, textsOf(kind), 40);
		for (const counted of textsOf(kind)) {
			expect(ratio(correction, family, counted)).toBeGreaterThanOrEqual(1 - margin);
			if (isUniform(kind)) expect(ratio(correction, family, counted)).toBeLessThanOrEqual(1.25);
		}
	});

	it.each([['Spanish prose'], ['English prose'], ['code'], ['digits']])('is not too low of other kinds for having seen %s', (kind) => {
		const correction = createTokenCorrection(contextTokens);
		learn(correction, family, textsOf(kind), 60);
		for (const counted of textsOf('Spanish prose', 'English prose', 'CSV', 'code', 'SQL', 'digits', 'a log')) {
			expect(ratio(correction, family, counted), counted.kind).toBeGreaterThanOrEqual(1 - margin);
		}
	});
});

describe('the correction', () => {
	const [spanish] = textsOf('Spanish prose') as [CountedText];
	const contents = Array.from({ length: 5 }, () => spanish.text);
	const estimated = contents.reduce((sum, text) => sum + estimateTokens(text), 0) + 5 * 8;

	it('is there after the first count that is too high for the estimate', () => {
		const correction = createTokenCorrection(contextTokens);
		correction.learn(contents, estimated * 1.5);
		expect(correction.estimate(spanish.text)).toBeGreaterThanOrEqual(estimateTokens(spanish.text) * 1.45);
	});

	it('comes only after several counts that are lower', () => {
		const correction = createTokenCorrection(contextTokens);
		for (let count = 0; count < 4; count++) correction.learn(contents, estimated * 0.6);
		expect(correction.estimate(spanish.text)).toBe(estimateTokens(spanish.text));
		correction.learn(contents, estimated * 0.6);
		expect(correction.estimate(spanish.text)).toBeLessThan(estimateTokens(spanish.text));
	});

	it.each([
		['of a part of the prompt', 0.2],
		['of something else', 9],
	])('is not misled by a count %s', (_, share) => {
		const correction = createTokenCorrection(contextTokens);
		for (let count = 0; count < 20; count++) correction.learn(contents, estimated * share);
		expect(correction.estimate(spanish.text)).toBe(estimateTokens(spanish.text));
	});

	it('gets over a wrong count', () => {
		const correction = createTokenCorrection(contextTokens);
		correction.learn(contents, estimated * 3);
		for (let count = 0; count < 30; count++) correction.learn(contents, estimated * 0.85);
		expect(correction.estimate(spanish.text)).toBeLessThanOrEqual(estimateTokens(spanish.text) * 1.05);
	});

	it('stays within bounds, whatever is counted', () => {
		const correction = createTokenCorrection(contextTokens);
		for (let count = 0; count < 50; count++) correction.learn(contents, Math.min(correction.estimate(contents.join('')) * 3.9, 1e9));
		expect(correction.estimate(spanish.text)).toBeLessThanOrEqual(estimateTokens(spanish.text) * 4);
		const low = createTokenCorrection(contextTokens);
		for (let count = 0; count < 200; count++) low.learn(contents, low.estimate(contents.join('')) * 0.45);
		expect(low.estimate(spanish.text)).toBeGreaterThanOrEqual(Math.floor(estimateTokens(spanish.text) * 0.4));
	});

	it('takes a prompt that was cut for one that was longer than the window', () => {
		const correction = createTokenCorrection(1_024);
		correction.learn(contents, 514);
		const total = contents.reduce((sum, text) => sum + correction.estimate(text), 0);
		expect(total).toBeGreaterThan(900);
	});

	it('learns nothing of short prompts', () => {
		const correction = createTokenCorrection(contextTokens);
		correction.learn(['Hola'], 30);
		expect(correction.estimate('Hola')).toBe(estimateTokens('Hola'));
	});
});
