/** How much around a passage the model is shown. */

import { expect, test } from 'vitest';
import { measureBy } from '#src/conversation/prompt-budget.ts';
import { widened } from '#src/conversation/widened.ts';
import type { ChunkSurroundings } from '#src/knowledge/search/surroundings.ts';
import type { FoundSource } from '#src/tools/tool.ts';

const measure = measureBy({});
const source = (chunkId: number): FoundSource => ({
	title: 'Plan.pdf',
	url: null,
	excerpt: `Text ${chunkId}.`,
	passage: `Plan.pdf\nText ${chunkId}.`,
	chunkId,
	told: { file: 'Plan.pdf', text: `Text ${chunkId}.` },
});
const chunk = (chunkId: number, content = `Text ${chunkId}.`) => ({ chunkId, content });
const near = (chunkId: number, text?: string): [number, ChunkSurroundings] => [
	chunkId,
	{ before: [chunk(chunkId - 1, text), chunk(chunkId - 2, text)], after: [chunk(chunkId + 1, text), chunk(chunkId + 2, text)] },
];

test('the model reads what stands around, in reading order, and people are shown the passage', () => {
	const [wide] = widened([source(5)], new Map([near(5)]), { tokens: 1_000, measure });
	expect(wide?.told).toEqual({ file: 'Plan.pdf', before: 'Text 3.\nText 4.', text: 'Text 5.', after: 'Text 6.\nText 7.' });
	expect(wide?.excerpt).toBe('Text 5.');
	expect(wide?.passage).toContain('Text 7.');
});

test('nothing is shown twice, whichever passage it stands next to', () => {
	const wide = widened([source(5), source(7), source(20)], new Map([near(5), near(7)]), { tokens: 1_000, measure });
	expect(wide.map(({ told }) => [told?.['before'], told?.['after']])).toEqual([
		['Text 3.\nText 4.', 'Text 6.'],
		[undefined, 'Text 8.\nText 9.'],
		[undefined, undefined],
	]);
});

test('passages come first, and one source takes no more than its share', () => {
	const long = 'palabra '.repeat(400);
	const alone = measure.ofLines([JSON.stringify({ cite_as: '[99]', ...source(5).told })]);
	expect(widened([source(5)], new Map([near(5)]), { tokens: alone, measure })).toEqual([source(5)]);
	const [wide] = widened([source(5)], new Map([near(5, long)]), { tokens: 100_000, measure });
	expect(measure.ofLines([JSON.stringify({ cite_as: '[1]', ...wide?.told })])).toBeLessThanOrEqual(1_500);
	expect(wide?.told?.['after']).toBeDefined();
	const four = widened([source(5), source(15), source(25), source(35)], new Map([5, 15, 25, 35].map((id) => near(id))), {
		tokens: 10_000,
		measure,
	});
	expect(four.map(({ told }) => told?.['after'] !== undefined)).toEqual([true, true, true, false]);
});
