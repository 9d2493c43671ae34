import { expect, it } from 'vitest';
import type { LimitValues } from '#src/limits/limit-values.ts';
import { stricterLimits, withoutFreedoms } from '#src/limits/stricter-limits.ts';

it.each<[LimitValues, LimitValues, LimitValues]>([
	[{}, {}, {}],
	[{ tokensPerDay: 5 }, {}, { tokensPerDay: 5 }],
	[{ tokensPerDay: 5 }, { tokensPerDay: 0 }, { tokensPerDay: 0 }],
	[{ tokensPerDay: null }, { tokensPerDay: 5 }, { tokensPerDay: 5 }],
	[{ tokensPerDay: null }, {}, { tokensPerDay: null }],
	[{ models: ['a', 'b'] }, { models: ['b', 'c'] }, { models: ['b'] }],
	[{ models: ['a'] }, { models: null }, { models: ['a'] }],
	[{ models: ['a'] }, { models: ['b'] }, { models: [] }],
])('of %j and %j the stricter limits are %j, in either order', (left, right, expected) => {
	expect(stricterLimits(left, right)).toEqual(expected);
	expect(stricterLimits(right, left)).toEqual(expected);
});

it('a limit that was taken away takes none away elsewhere', () => {
	expect(withoutFreedoms({ tokensPerDay: null, models: [], uploadsPerDay: 0 })).toEqual({ models: [], uploadsPerDay: 0 });
});
