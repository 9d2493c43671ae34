/** Markdown as words alone. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainWords } from '#src/markdown/plain-words.ts';

describe('words without marks', () => {
	it.each([
		['a heading', '## Why **now**?\n\nBecause.', 'Why now?\nBecause.'],
		['a heading that is underlined', 'Why\n===\n\nBecause', 'Why\nBecause'],
		['lines of one paragraph', 'one\ntwo  \nthree', 'one two\nthree'],
		['items', '- one\n  - in\n- two\n\n  more', '• one\n• in\n• two\nmore'],
		['numbers', '3. three\n4. four\n\n   1. first', '3. three\n4. four\n1. first'],
		['a number that ends a sentence', 'In\n\n1984.', 'In\n1984.'],
		['tasks', '- [ ] open\n- [x] done', '• ☐ open\n• ☑ done'],
		['a quotation', '> said\n> > before', 'said\nbefore'],
		['code', 'Run:\n\n```sh\nls | wc -l\n```', 'Run:\nls | wc -l'],
		['words that are indented', 'So:\n\n    **now**', 'So:\nnow'],
		['code of an item', '1. Run\n   ```\n   ls\n   ```', '1. Run\nls'],
		['an item that is code', '- ```\n  ls\n  ```', '• ls'],
		['a table', '| a | b | c |\n|---|---|---|\n| 1 | | **3** |', 'a, b, c\n1, 3'],
		['a rule', 'a\n\n***\n\nb', 'a\nb'],
		['a link', '[the *docs*](https://a.test "title")', 'the docs'],
		['a link to nowhere good', '[x](javascript:alert(1))', 'x'],
		['a definition', '[1]: https://a.test', '[1]: https://a.test'],
		['a picture', '![a **chart**](https://a.test/x.png)', 'a chart'],
		['entities and escapes', '&lt;b&gt; \\*x\\*', '<b> *x*'],
		['tags', '<b>x</b>', '<b>x</b>'],
		['numbers that are no list', '2 * 3 * 4 < 5', '2 * 3 * 4 < 5'],
		['brackets without end', `${'['.repeat(200)}a${']'.repeat(200)}`, 'a'],
		['nothing', ' \n---\n', ''],
	])('are given for %s', (_name, markdown, words) => {
		expect(toPlainWords(markdown)).toBe(words);
	});

	it('are all there are', () => {
		const mark = fc.constantFrom('*', '_', '**', '`', '~~', '# ', '> ', '- ', '\n', '\n\n', ' ', '| ', '[', '](', ')');
		const word = fc.integer({ min: 1_000, max: 9_999 }).map((number) => `w${number}`);
		fc.assert(
			fc.property(fc.array(fc.oneof(mark, word)), (pieces) => {
				const words = toPlainWords(pieces.join(''));
				const shown = words.match(/w\d{4}/g) ?? [];
				// Where a link leads is no word of it, nor is what names the language of code.
				if (!/\]\(|`{3}|~{3}/.test(pieces.join(''))) expect(shown.join()).toBe(pieces.filter((piece) => /\d/.test(piece)).join());
				expect(pieces.join('')).toEqual(expect.stringContaining(shown[0] ?? ''));
			}),
			{ numRuns: 500 },
		);
	});
});
