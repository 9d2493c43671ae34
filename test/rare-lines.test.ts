import { expect, it } from 'vitest';
import { createRareLines } from '#src/rare-lines.ts';

it('lets one line of a kind through in five seconds and tells how many it held back', () => {
	let nowMs = 0;
	const lines = createRareLines(() => nowMs);
	expect(lines.next('a')).toBe(0);
	nowMs = 4_999;
	expect([lines.next('a'), lines.next('a'), lines.next('b')]).toEqual([null, null, 0]);
	nowMs = 5_000;
	expect([lines.next('a'), lines.next('b')]).toEqual([2, null]);
	nowMs = 10_000;
	expect(lines.next('a')).toBe(0);
});

it('goes on when the clock was set back', () => {
	let nowMs = 1_000_000;
	const lines = createRareLines(() => nowMs);
	lines.next('a');
	nowMs = 0;
	expect(lines.next('a')).toBe(0);
});
