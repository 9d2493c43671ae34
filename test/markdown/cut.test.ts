/** Cutting goes on: each cut leaves less to cut, whatever is put before the rest again. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyText } from '#src/delivery/reply-text.ts';
import type { Block } from '#src/markdown/block.ts';
import { readBlocks } from '#src/markdown/blocks.ts';
import { createBlockCutter } from '#src/markdown/cut.ts';
import { makeInlineSafe } from '#src/markdown/safe-inline.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

const renderBlock = (block: Block) => makeInlineSafe(block.source);

const repeated = fc.constantFrom(
	...['> ', '>', '- ', '| a ', '|---', '```', '~~~~', '`', 'a ', 'a', '\n', '\n> ', '[x](https://a.test/', ')', '😀', '    ', '\t'],
);
/** Beginnings that are put before the rest again, then what is too long for one message. */
const hostileText = fc
	.array(fc.oneof(fc.tuple(repeated, fc.constantFrom(1, 2, 9, 60, 250)), fc.tuple(trickyMarkdown, fc.constant(1))), {
		minLength: 1,
		maxLength: 8,
	})
	.map((pieces) => pieces.map(([piece, times]) => piece.repeat(times)).join(''));

/** The least that one message holds, when every one is cut as early as it may be: what is put before the rest takes half of it. */
const leastNews = 20;

describe('createBlockCutter', () => {
	it('leaves less than there was, wherever it cuts', () => {
		fc.assert(
			fc.property(hostileText, fc.nat(400), fc.nat(400), (text, minimum, more) => {
				for (const { source, kind } of readBlocks(text).blocks) {
					const cutter = createBlockCutter(source, kind);
					const largest = Math.min(Math.max(minimum + more, 1), source.length);
					const { tail } = cutter.cutBetween(Math.min(minimum, largest), largest);
					expect(tail.length, JSON.stringify(source)).toBeLessThan(source.length);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('makes no more messages than the text is long', () => {
		fc.assert(
			fc.property(hostileText, fc.constantFrom(200, 300), (source, limit) => {
				const text = createReplyText({ renderBlock, limit, unit: 'utf16-units' });
				text.append(source);
				text.end();
				expect(text.messages().length, JSON.stringify(source)).toBeLessThanOrEqual(1 + source.length / leastNews);
			}),
			{ numRuns: 300 },
		);
	});

	it.each([
		['a code span behind the mark of a quote', `>\`${'a '.repeat(1_000)}\``],
		['an address behind the marks of a quote', `> [x](https://evil.example/${'a'.repeat(2_900)})`],
		['a quote in a quote, many times over', `${'> '.repeat(90)}${'a '.repeat(1_000)}`],
		['a header as long as a message', `|${' a |'.repeat(60)}\n|${'-|'.repeat(60)}\n${`|${' b |'.repeat(60)}\n`.repeat(20)}`],
		['a marker as long as a message', `${'`'.repeat(199)}\n${'a '.repeat(1_000)}`],
		['a language as long as a message', `\`\`\`${'a'.repeat(180)}\n${'a '.repeat(1_000)}`],
	])('ends with %s', (_name, source) => {
		const text = createReplyText({ renderBlock, limit: 200, unit: 'utf16-units' });
		text.append(source);
		text.end();
		expect(text.messages().length).toBeLessThanOrEqual(1 + source.length / leastNews);
	});
});
