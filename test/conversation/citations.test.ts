import { describe, expect, it } from 'vitest';
import { citedIn } from '#src/conversation/citations.ts';
import { sourceOf } from '#test/fakes/sources.ts';

const sources = [1, 2, 3].map((position) => sourceOf({ position }));

describe('what an answer cites', () => {
	it.each<[string, string, number[]]>([
		['nothing without a number', 'The pump is in Lima.', []],
		['what its numbers name, in their order', 'In Lima [3], since May [1][3].', [1, 3]],
		['no number that there is not', 'In Lima [4].', []],
		['no index in code', 'Read `list[2]`:\n```js\nlist[1]\n```\n[3]', [3]],
		['no index in fences of tildes, or in a list', '~~~\nlist[1]\n~~~\n- ```js\n  list[2]\n  ```\n[3]', [3]],
		['no index between more backticks than one', 'Read ``a`[1]``, or ```list[2]``` [3].', [3]],
		['what stands behind marks that close nothing', 'The mark ` [1]\n``` is open here `` [2]', [1, 2]],
		['no index in code that is still open', '```js\nlist[1]', []],
	])('is %s', (_, text, cited) => {
		expect(citedIn(text, sources).map(({ position }) => position)).toEqual(cited);
	});
});
