/** How what was typed is cut into words, and that no text makes that slow. */

import { describe, expect, it } from 'vitest';
import { typedWords } from '#src/administration/typed-words.ts';
import { threadMs } from '#test/setup/thread-time.ts';

const textsOf = (text: string) => typedWords(text).map(({ text: word }) => word);

describe('typed words', () => {
	it.each([
		['', []],
		['   ', []],
		['one  two\n three ', ['one', 'two', 'three']],
		['grant "Ana  María" admin', ['grant', 'Ana María', 'admin']],
		['“Ana” «Luis» ‘O’Brien’ x', ['Ana', 'Luis', 'O’Brien', 'x']],
		['"never closed admin', ['"never', 'closed', 'admin']],
		['"a"b c" d', ['a"b c', 'd']],
		['" " x', ['', 'x']],
		['"one" "two', ['one', '"two']],
		["O'Brien 's", ["O'Brien", "'s"]],
	])('of %j are %j', (text, expected) => {
		expect(textsOf(text)).toEqual(expected);
	});

	/** Looking for the end of each quote anew, the first of these took a minute. */
	it.each(['"a ', '" ', '"a', "'a “b «c ", '"', ' ', 'a ', '“'])('are found at once in 100,000 characters of %j', async (piece) => {
		const text = `${piece.repeat(Math.ceil(100_000 / piece.length))}x`;
		expect(await threadMs(() => typedWords(text), 1_000)).toBeLessThan(1_000);
	});
});
