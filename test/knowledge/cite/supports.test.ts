/** Whether a passage supports a sentence: what is lacking, and what is the same in other words. */

import { describe, expect, it } from 'vitest';
import { readPassage, supports } from '#src/knowledge/cite/supports.ts';
import { claimSets } from './claims.ts';

describe.each(Object.entries(claimSets))('of %s', (_, { passage, claims }) => {
	const read = readPassage(passage);
	it.each(claims)('“%s” lacks: %s', (sentence, lack) => {
		expect(supports(sentence, read)).toEqual({ supported: lack === null, reason: lack });
	});
});
