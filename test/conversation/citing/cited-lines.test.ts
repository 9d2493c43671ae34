/** Lines without a mark do not come through, however the text is divided. */

import { expect, it } from 'vitest';
import { createCitedLines } from '#src/conversation/citing/cited-lines.ts';

const text = 'Here is what you missed:\n- Ana moved it. [1]\n\n- See https://evil.example\n- Luis asked. [2][3]\nThat is all';

it.each([1, 3, 7, text.length])('in pieces of %s', (size) => {
	const lines = createCitedLines();
	let shown = '';
	for (let at = 0; at < text.length; at += size) shown += lines.push(text.slice(at, at + size));
	expect(shown + lines.end()).toBe('- Ana moved it. [1]\n- Luis asked. [2][3]\n');
});

it('the last line needs no end', () => {
	const lines = createCitedLines();
	expect(lines.push('- Ana moved it. [1]')).toBe('');
	expect(lines.end()).toBe('- Ana moved it. [1]');
	expect(lines.end()).toBe('');
});
