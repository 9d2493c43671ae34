/** Vectors as hosts send them, and the mean of several. */

import { describe, expect, it } from 'vitest';
import { meanVector, readVectors } from '#src/models/vectors.ts';

describe('readVectors', () => {
	const read = (sent: unknown, count: number, length: number | null = null) => readVectors(sent, { count, length, host: 'host' });

	it.each([
		['fewer than asked', [[1, 0]], 2],
		[
			'more than asked',
			[
				[1, 0],
				[0, 1],
			],
			1,
		],
		['none at all', [], 1],
		['that are no list', undefined, 1],
	])('refuses vectors %s: nobody knows whose they are', (_, vectors, count) => {
		expect(() => read(vectors, count)).toThrow(expect.objectContaining({ code: 'MODEL_REJECTED', reason: 'bad-vector' }));
	});

	it.each([
		['null', null],
		['a text', 'x'],
		['of another length', [1]],
		['empty', []],
		['with a hole', [Number.NaN, 1]],
		['with null in it', [null, 1]],
		['with infinity', [Number.POSITIVE_INFINITY, 0]],
		['of zero length', [0, 0]],
		['not normalised', [3, 4]],
	])('tells one that is %s and keeps the others', (_, bad) => {
		expect(read([[1, 0], bad, [0, 1]], 3)).toEqual([[1, 0], 'bad-vector', [0, 1]]);
	});

	it('takes the length that is known, or that of the first usable one', () => {
		expect(read([[1, 0], [1]], 2, 1)).toEqual(['bad-vector', [1]]);
		expect(read([[0, 0, 0], [1, 0], [1]], 3)).toEqual(['bad-vector', [1, 0], 'bad-vector']);
	});

	it('accepts the rounding of 32-bit numbers', () => {
		expect(read([[0.6000001, 0.8]], 1)).toEqual([[0.6000001, 0.8]]);
	});
});

describe('meanVector', () => {
	it('points between them and has unit length', () => {
		const mean = meanVector([
			[1, 0],
			[0, 1],
		]);
		expect(mean).toEqual([expect.closeTo(Math.SQRT1_2, 9), expect.closeTo(Math.SQRT1_2, 9)]);
	});

	it('is none where they cancel each other out', () => {
		expect(
			meanVector([
				[1, 0],
				[-1, 0],
			]),
		).toBe('bad-vector');
	});
});
