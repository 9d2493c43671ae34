/** How a reply's text becomes messages: nothing lost, nothing changed once shown, nothing too long. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#src/delivery/markdown/block.ts';
import { makeInlineSafe } from '#src/delivery/markdown/safe-inline.ts';
import { createReplyText, type ReplyText } from '#src/delivery/reply-text.ts';
import { trickyMarkdown } from './markdown/tricky-markdown.ts';

const renderBlock = (block: Block) => makeInlineSafe(block.source);

function createText(limit = 9_000): ReplyText {
	return createReplyText({ renderBlock, limit, unit: 'utf8-bytes' });
}

function partsOf(source: string, limit: number): string[] {
	const text = createText(limit);
	text.append(source);
	text.end();
	return text.parts().map((part) => part.text);
}

/** Fences that are opened and not closed: a line of a marker's length or more closes it. */
function hasOpenFence(text: string): boolean {
	let open = '';
	for (const line of text.split('\n')) {
		const marker = /^[ >]*(?:(?:[-+*]|\d+[.)])[ >]+)*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
		if (open === '') open = marker;
		else if (marker.startsWith(open) && line.trim().endsWith(marker)) open = '';
	}
	return open !== '';
}

const words = fc.array(fc.constantFrom('uno', 'two', 'ñandú,', 'end.', '`code`', '**bold**', '[docs](https://a.test/b)', '😀'), {
	minLength: 1,
	maxLength: 30,
});
const blockSource = fc.oneof(
	words.map((chosen) => chosen.join(' ')),
	words.map((chosen) => `## ${chosen.join(' ')}`),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((items) => items.map((item) => `- ${item.join(' ')}`).join('\n')),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((lines) => lines.map((line) => `> ${line.join(' ')}`).join('\n')),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((lines) => ['```js', ...lines.map((line) => line.join(' ')), '```'].join('\n')),
	fc
		.array(words, { minLength: 1, maxLength: 12 })
		.map((rows) => ['| A | B |', '|---|---|', ...rows.map((row) => `| ${row.slice(0, 10).join(' ')} | x |`)].join('\n')),
	fc
		.array(words, { minLength: 1, maxLength: 6 })
		.map((lines) => ['1. run', '   ```sh', ...lines.map((line) => `   ${line.join(' ')}`), '   ```'].join('\n')),
);
/** Every word gets a number, so that order and completeness can be told. */
const answer = fc.array(blockSource, { minLength: 1, maxLength: 8 }).map((blocks) => {
	let count = 0;
	return blocks.join('\n\n').replace(/uno|two|ñandú|end|code|bold|docs/g, (word) => `${word}${count++}w`);
});

function numbersOf(text: string): number[] {
	return Array.from(text.matchAll(/\p{L}(\d+)w/gu), (match) => Number(match[1]));
}

describe('createReplyText', () => {
	it('loses and reorders nothing, keeps to the limit and closes every fence', () => {
		fc.assert(
			fc.property(answer, fc.constantFrom(300, 500, 2_000), (source, limit) => {
				const parts = partsOf(source, limit);
				expect(numbersOf(parts.join('\n'))).toEqual(numbersOf(source));
				for (const part of parts) {
					expect(Buffer.byteLength(part)).toBeLessThanOrEqual(limit);
					expect(hasOpenFence(part)).toBe(false);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('never changes what it called stable or frozen, however the text arrives and wherever it is cut', () => {
		const steps = fc.array(fc.record({ size: fc.nat(60), ask: fc.boolean(), cut: fc.integer({ min: 0, max: 12 }) }), { minLength: 1 });
		fc.assert(
			fc.property(
				fc.oneof(
					answer,
					fc.array(trickyMarkdown, { maxLength: 8 }).map((pieces) => pieces.join('')),
				),
				steps,
				(source, plan) => {
					const text = createText(300);
					const stable = new Map<number, string>();
					const frozen: string[] = [];
					const check = () => {
						for (const [position, part] of text.parts().entries()) {
							expect(Buffer.byteLength(part.text)).toBeLessThanOrEqual(300);
							expect(part.text.startsWith(stable.get(position) ?? '') || !part.isFrozen).toBe(true);
							if (frozen[position] !== undefined) expect(part.text).toBe(frozen[position]);
							if (part.isFrozen) frozen[position] = part.text;
						}
					};
					for (let at = 0, step = 0; at < source.length; step++) {
						const { size, ask, cut } = plan[step % plan.length] ?? { size: 1, ask: true, cut: 1 };
						text.append(source.slice(at, at + size + 1));
						at += size + 1;
						check();
						const position = text.parts().findIndex((part) => !part.isFrozen);
						if (ask && position >= 0) stable.set(position, text.stableText());
						if (cut === 0 && position >= 0) text.cut();
					}
					text.end();
					check();
					const final = text.parts();
					for (const [position, prefix] of stable) expect(final[position]?.text.slice(0, prefix.length)).toBe(prefix);
				},
			),
			{ numRuns: 500 },
		);
	});
});
