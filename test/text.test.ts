import { expect, it } from 'vitest';
import { shortened, shortenedInMiddle } from '#src/text.ts';

it('a text that fits stays as it is, and one that does not says that it goes on', () => {
	expect([shortened('abcde', 5), shortened('abcdef', 5)]).toEqual(['abcde', 'abcd…']);
});

it('a character that is cut in two halves leaves no half behind', () => {
	expect(shortened('abc😀def', 5).isWellFormed()).toBe(true);
});

it('a name that is too long keeps its ending', () => {
	expect(shortenedInMiddle('plan.pdf', 8)).toBe('plan.pdf');
	const short = shortenedInMiddle('Report on all journeys of the year, final version 3.xlsx', 24);
	expect(short).toBe('Report on all jo… 3.xlsx');
	expect(shortenedInMiddle(`${'😀'.repeat(20)}`, 10).isWellFormed()).toBe(true);
});
