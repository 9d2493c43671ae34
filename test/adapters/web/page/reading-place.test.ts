import { expect, it } from 'vitest';
import { isMoreBelow, moveFor } from '../../../../adapters/web/page/state/reading-place.ts';

const before = { name: 'talk', first: 'a', asked: 0, width: 700, height: 1_000 };
const grown = { ...before, height: 1_200 };

it('stays where it is while text grows, and says that there is more', () => {
	expect(moveFor(before, grown, false)).toBe('none');
	expect(isMoreBelow(before, grown, 'none')).toBe(true);
	expect(isMoreBelow(before, before, 'none')).toBe(false);
	expect(isMoreBelow(before, { ...grown, width: 400 }, 'none')).toBe(false);
});

it('goes along only with whoever went to the very end', () => {
	expect(moveFor(before, grown, true)).toBe('end');
	expect(isMoreBelow(before, grown, 'end')).toBe(false);
});

it('brings a question to the top as soon as it is asked, wherever the reader was', () => {
	for (const follows of [true, false]) expect(moveFor(before, { ...grown, asked: 1 }, follows)).toBe('question');
});

it('keeps the same text before the eyes when earlier messages come in above', () => {
	expect(moveFor(before, { ...grown, first: 'b' }, false)).toEqual({ byPixels: 200 });
	expect(moveFor({ ...before, first: '' }, grown, false)).toBe('none');
});

it('opens a conversation at its end, and one that is yet to begin at its beginning', () => {
	expect(moveFor(before, { ...grown, name: 'other' }, false)).toBe('end');
	expect(moveFor(before, { ...grown, name: 'new', first: '' }, false)).toBe('beginning');
});
