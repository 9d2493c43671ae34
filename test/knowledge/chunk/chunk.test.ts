/** Chunks: bounded, in order, each with its place; nothing is lost between them. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentBlock } from '#src/knowledge/blocks.ts';
import { chunkDocument, mostChunkTokens } from '#src/knowledge/chunk/chunk.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';

const paragraph = (text: string, page: number | null = null): DocumentBlock => ({ kind: 'paragraph', text, page });
const heading = (level: number, text: string, page: number | null = null): DocumentBlock => ({ kind: 'heading', level, text, page });
const chunksOf = (...blocks: DocumentBlock[]) => chunkDocument({ title: null, blocks }, 'Handbook').chunks;
const sentences = (count: number) => Array.from({ length: count }, (_, at) => `Sentence number ${at} says that something is so.`).join(' ');

describe('a chunk', () => {
	it('begins at headings of the first two levels and knows what it stands under', () => {
		expect(
			chunksOf(heading(1, 'Leave'), paragraph('a'), heading(2, 'Parents'), paragraph('b'), heading(3, 'Fathers'), paragraph('c')),
		).toEqual([
			{ text: 'Leave\n\na', context: 'Handbook › Leave', page: null },
			{ text: 'Parents\n\nb\n\nFathers\n\nc', context: 'Handbook › Leave › Parents', page: null },
		]);
	});

	it('that begins with several headings stands under the last of them', () => {
		expect(chunksOf(heading(1, 'Leave'), heading(2, 'Parents'), paragraph('a'))).toEqual([
			{ text: 'Leave\n\nParents\n\na', context: 'Handbook › Leave › Parents', page: null },
		]);
	});

	it('is of one page', () => {
		expect(chunksOf(paragraph('a', 1), paragraph('b', 1), paragraph('c', 2)).map(({ text, page }) => [text, page])).toEqual([
			['a\n\nb', 1],
			['c', 2],
		]);
	});

	it('of a slide without a title does not stand under that of the slide before', () => {
		const chunks = chunksOf(heading(1, 'Plan', 1), paragraph('a', 1), paragraph('b', 2));
		expect(chunks.at(-1)).toEqual({ text: 'b', context: 'Handbook', page: 2 });
	});

	it('ends with a sentence where a paragraph is too long', () => {
		const chunks = chunksOf(heading(1, 'Long'), paragraph(sentences(200)));
		expect(chunks.length).toBeGreaterThan(4);
		for (const { text } of chunks.slice(1)) expect(text).toMatch(/^Sentence number .* is so\.$/s);
		expect(chunks.at(-1)?.context).toBe('Handbook › Long');
	});

	it('of a table repeats the header in each row, and leaves out what is empty', () => {
		const rows = Array.from({ length: 300 }, (_, at) => [`P-${at}`, '', String(at)]);
		const chunks = chunksOf({ kind: 'table', header: ['Part', 'Colour', 'Price'], rows, page: null });
		expect(chunks.length).toBeGreaterThan(5);
		for (const { text } of chunks) expect(text.split('\n').every((line) => /^Part: P-\d+ \| Price: \d+$/.test(line))).toBe(true);
		expect(chunks.flatMap(({ text }) => text.split('\n'))).toHaveLength(300);
	});

	it('of a table with an endless row divides it between cells, with their names', () => {
		const row = Array.from({ length: 20 }, () => sentences(10));
		const chunks = chunksOf({ kind: 'table', header: row.map((_, at) => `Column ${at}`), rows: [row], page: null });
		for (const { text } of chunks) expect(text).toMatch(/^Column \d+: /);
	});
});

it('never goes beyond what a model embeds, and loses no word, whatever the text', () => {
	const text = fc.array(
		fc.oneof(
			fc.lorem({ maxCount: 40, mode: 'sentences' }),
			fc.string({ unit: 'binary', maxLength: 900 }),
			fc.constant('漢字'.repeat(400)),
			fc.constant('1'.repeat(3_000)),
		),
		{ maxLength: 12 },
	);
	const withoutBlanks = (value: string) => value.replace(/\s/g, '');
	fc.assert(
		fc.property(text, (parts) => {
			const chunks = chunksOf(...parts.map((part) => paragraph(part)));
			for (const chunk of chunks) expect(estimateTokens(chunk.text)).toBeLessThanOrEqual(mostChunkTokens + 1);
			expect(withoutBlanks(chunks.map((chunk) => chunk.text).join(''))).toBe(withoutBlanks(parts.join('')));
		}),
		{ numRuns: 50 },
	);
});

it('stops at so many chunks, and says so', () => {
	const blocks = Array.from({ length: 20_001 }, (_, at) => paragraph('text', at + 1));
	const { chunks, isCut } = chunkDocument({ title: null, blocks }, 'Big');
	expect({ count: chunks.length, isCut }).toEqual({ count: 20_000, isCut: true });
});
