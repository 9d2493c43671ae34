import { expect, it } from 'vitest';
import { readLimitValues } from '#src/limits/limit-values.ts';

it.each([
	[
		{ tokensPerDay: 5, models: ['a'], uploadBytes: null },
		{ tokensPerDay: 5, models: ['a'], uploadBytes: null },
	],
	[{ tokensPerDay: -1, requestsPerMinute: 1.5, models: 'a', uploadsPerDay: 2 }, { uploadsPerDay: 2 }],
	[{ imagesPerDay: 3, toString: 4, constructor: null }, {}],
	[JSON.parse('{"__proto__": {"tokensPerDay": 1}}'), {}],
	[null, {}],
	['nonsense', {}],
	[[1, 2], {}],
])('of the stored limits %j only those count that mean something', (stored, expected) => {
	const read = readLimitValues(stored);
	expect(read).toEqual(expected);
	expect(read.tokensPerDay).toBe((expected as typeof read).tokensPerDay);
});
