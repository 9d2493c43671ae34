/** Marks of sources in all the forms that models know, and what is none. */

import { describe, expect, it } from 'vitest';
import { readMarks } from '#src/conversation/citing/marks.ts';

describe('marks of sources are', () => {
	it.each<[string, number[]]>([
		['[1]', [1]],
		['[12]', [12]],
		['[1][2]', [1, 2]],
		['[1] [2]', [1, 2]],
		['[1], [2] y [3]', [1, 2, 3]],
		['[1] and [2]', [1, 2]],
		['[1, 2]', [1, 2]],
		['[1;2]', [1, 2]],
		['[1 y 2]', [1, 2]],
		['[2-4]', [2, 3, 4]],
		['[2–4, 7]', [2, 3, 4, 7]],
		['[[1]]', [1]],
		['[^1]', [1]],
		['[^1^][^2^]', [1, 2]],
		['[#1]', [1]],
		['[Source 1]', [1]],
		['[fuente: 2]', [2]],
		['[cite: 1, 2]', [1, 2]],
		['【1】', [1]],
		['【3†source】', [3]],
		['【3:0†handbook.pdf】', [3]],
		['(fuente 1)', [1]],
		['(Fuentes: 1, 2)', [1, 2]],
		['(source [1])', [1]],
		['[1](https://chat.example/1)', [1]],
	])('%s', (text, numbers) => {
		expect(readMarks(`${text} end`, 0, false)).toEqual({ end: text.length, numbers });
		expect(readMarks(text, 0, true)).toEqual({ end: text.length, numbers });
		for (let length = 1; length <= text.length; length++) expect(readMarks(text.slice(0, length), 0, false)).toBe('wait');
	});

	it.each([
		'[0]',
		'[2026]',
		'[x]',
		'[ ]',
		'[1',
		'[4-2]',
		'[1-90]',
		'[link](https://a.example)',
		'[1.5]',
		'(see 1)',
		'(1)',
		'(2026)',
		'[]',
		'[1a]',
	])('not %s', (text) => {
		expect(readMarks(`${text} end`, 0, false)).toBeNull();
	});

	it('without an address that has blanks, which is a remark', () => {
		expect(readMarks('[1](see there)', 0, true)).toEqual({ end: 3, numbers: [1] });
	});
});
