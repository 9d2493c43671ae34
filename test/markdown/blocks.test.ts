/** Top-level blocks keep their source, and those called final stay as they are. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlocks } from '#src/markdown/blocks.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('readBlocks', () => {
	it('tells the kinds of blocks apart', () => {
		const source =
			'# T\n\npara\nmore\n- a\n\n  b\n> q\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js x\ncode\n\n```\n***\n    indented\n\n[1]: http://a.test';
		expect(readBlocks(source).blocks.map(({ kind, source: own, language }) => [kind, own, language])).toEqual([
			['heading', '# T', ''],
			['paragraph', 'para\nmore', ''],
			['list', '- a\n\n  b', ''],
			['quote', '> q', ''],
			['table', '| a | b |\n|---|---|\n| 1 | 2 |', ''],
			['code', '```js x\ncode\n\n```', 'js'],
			['rule', '***', ''],
			['paragraph', '    indented', ''],
			['paragraph', '[1]: http://a.test', ''],
		]);
	});

	it.each([
		['one\n\ntwo', 'two'],
		['one\n#', 'one\n#'],
		['# one\ntwo', 'two'],
		['1. one\n\n2', '1. one\n\n2'],
		['1. one\n\ntwo', 'two'],
		['```\none', '```\none'],
		// One more letter, and it is no table.
		['a\n|b\n|-', 'a\n|b\n|-'],
		['- a\n|b|\n|-|', '- a\n|b|\n|-|'],
		['a\n|b\n|-\n', '|b\n|-\n'],
		['# a\n|b\n|-', '|b\n|-'],
	])('takes for open what more text could change: %j', (source, open) => {
		expect(source.slice(readBlocks(source).settledLength)).toBe(open);
	});

	it('leaves nothing out but blank lines', () => {
		fc.assert(
			fc.property(trickyMarkdown, (source) => {
				let rest = source;
				for (const block of readBlocks(source).blocks.toReversed()) {
					expect(rest.slice(block.end).trim()).toBe('');
					expect(rest.slice(block.start, block.end)).toBe(block.source);
					rest = rest.slice(0, block.start);
				}
				expect(rest.trim()).toBe('');
			}),
			{ numRuns: 1_000 },
		);
	});

	it('never changes a final block, and reads on from there as if it had read all', () => {
		fc.assert(
			fc.property(trickyMarkdown, share, (source, part) => {
				const { blocks, settledLength } = readBlocks(source.slice(0, Math.round(source.length * part)));
				const texts = (read: typeof blocks) => read.map((block) => `${block.kind}: ${block.source}`);
				const settled = blocks.filter((block) => block.isComplete);
				const rest = readBlocks(source.slice(settledLength)).blocks;
				expect(texts([...settled, ...rest])).toEqual(texts(readBlocks(source).blocks));
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		['~~~a | b\n---|---\n~~~', 'code'],
		['- a | b\n---|---', 'list'],
		['# a | b\n---|---', 'heading'],
		['a | b\n---|---', 'table'],
	])('takes for a table only what is nothing else: %j', (source, kind) => {
		expect(readBlocks(source).blocks[0]?.kind).toBe(kind);
	});

	it('reads a line of twenty thousand characters in no time', async () => {
		expect(await threadMs(() => readBlocks('word '.repeat(4_000)), 50)).toBeLessThan(50);
	});

	it.each(['>', '> ', '[', '- ', '* ', '*', '`', '1. ', '|', '~', '> - ', '#'])(
		'reads ten thousand times %j in no time',
		async (marker) => {
			const source = `${marker.repeat(10_000)}x`;
			expect(await threadMs(() => readBlocks(source), 50)).toBeLessThan(50);
		},
	);
});
