/** How much of unfinished text is final: none of it is ever written otherwise, whatever follows. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeInlineSafe, quietCode } from '#src/markdown/safe-inline.ts';
import { stablePrefixLength } from '#src/markdown/stable-prefix.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

/** What was final of a text's beginning is one of the text as well. */
function expectFinal(text: string, length: number, dialect?: typeof quietCode): void {
	const unfinished = text.slice(0, length);
	const stable = makeInlineSafe(unfinished.slice(0, stablePrefixLength(unfinished)), dialect);
	expect(makeInlineSafe(text, dialect).slice(0, stable.length), `of the first ${length} characters`).toBe(stable);
}

describe('stablePrefixLength', () => {
	it.each([
		['see [the docs', 'see '],
		['see `code', 'see '],
		['see ![x](http', 'see '],
		['see <http', 'see '],
		['mail @her', 'mail '],
		['mail @hers', 'mail @hers'],
		['see `a\nb~~~', 'see '],
		['a```js\n```<https://a.test|b>```ts\na', 'a'],
		['done!', 'done'],
		['half \\', 'half '],
		['a | b', 'a '],
		['a | b\n', 'a '],
		['a | b\n--', 'a '],
		['a | b\nc d', 'a | b\nc d'],
		['| a |\n|---|\n| b |\n| c', '| a |\n|---|\n| b |\n'],
		['```js\nlet a = <', '```js\nlet a = '],
		['```js\nlet a = </', '```js\nlet a = '],
		['```js\n\nlet a = <', '```js\n\nlet a = '],
		['```js\nlet a = [1', '```js\nlet a = [1'],
		['- a\n- [b](https://c.test) d', '- a\n- [b](https://c.test) d'],
	])('ends before what is open: %j', (text, prefix) => {
		expect(text.slice(0, stablePrefixLength(text))).toBe(prefix);
	});

	it('is never changed by what follows', () => {
		fc.assert(
			fc.property(trickyMarkdown, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
				expectFinal(text, Math.round(text.length * share));
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		// The line below makes a header of it for some readers, who cut it at its bars.
		['```|---|---|[x](javascript:1)```| a | b |\n|---|---|\n'],
		['`|`[x](javascript:1)\n|-\nmore'],
		['`a|<@U1>` b\n1-\nmore'],
		['`a|<@U1>` b\n2) -\nmore'],
		['`a|<@U1>` b\n- c'],
		['```<#|```\n|-\n'],
		['[\n[a]:|\n|-'],
		['\\`a\nb [c](https://a.test) d | e\n--|--\n'],
		// A fence for some, and a table's header for others.
		['a\n```\n```\n```|\n--\nmore'],
		['\n```|\n--<'],
		['```a`\n```|\na@'],
		['```|\n--\n```\na [b](https://a.test)'],
		// Where it is cut, what is left of the line opens a fence.
		['```a`a\n```<@```\n```a`\n'],
		['a```[]()\n```a```\n```a`\n'],
		// An angle bracket before what may be an address.
		['<a`@\n'],
		['<a`b@c `'],
		// Brackets that an open code span takes in close nothing.
		['[`[a](https://a.test)`](javascript:1)'],
		['[`]a`](javascript:1)'],
		['a ![b `](c) d` e](javascript:1)'],
		// Changed in code alone.
		['``]:\n``\n<'],
		// An escaped ampersand may begin a reference.
		['\\&amp; a'],
	])('is never changed by what follows in %j', (text) => {
		for (let length = 0; length <= text.length; length++) {
			expectFinal(text, length);
			expectFinal(text, length, quietCode);
		}
	});

	it.each([
		['a `b\n|c` d\n', 5, 'a '],
		['a\n|b\n', 2, 'a\n'],
		['| a |\n|---|\n| b |\n', 6, ''],
		['```js\na\n- b', 8, '```js\na\n'],
	])('is no longer than it may be, and what is left of it is final: %j', (text, limit, prefix) => {
		expect(text.slice(0, stablePrefixLength(text, limit))).toBe(prefix);
	});

	it.each([
		'[',
		'![',
		'<',
		'`',
		'](',
		'[a](',
		'<https:',
		'&lt;',
		'@',
		'\\',
		'> ',
		'- ',
		'[a]: ',
		'|',
		'[[a](b) ',
		'```a\n',
		'`|`\n-|\n',
		'- ```|\n',
	])('takes little time to tell for ten thousand times %j', async (marker) => {
		const text = `${marker.repeat(10_000)}\n${marker.repeat(100)}`;
		expect(await threadMs(() => stablePrefixLength(text), 500)).toBeLessThan(500);
	});
});
