import { expect, it } from 'vitest';
import { shortened } from '#src/text.ts';

it('a text that fits stays as it is, and one that does not says that it goes on', () => {
	expect([shortened('abcde', 5), shortened('abcdef', 5)]).toEqual(['abcde', 'abcd…']);
});

it('a character that is cut in two halves leaves no half behind', () => {
	expect(shortened('abc😀def', 5).isWellFormed()).toBe(true);
});
