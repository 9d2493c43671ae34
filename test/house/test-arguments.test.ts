/** `npm test -- --changed`: what a change can touch, without the tests that start the whole program. */

import { describe, expect, it } from 'vitest';
import { testArguments } from '../../scripts/toolchain/test-arguments.mjs';

describe('the words behind npm test', () => {
	it.each([[[]], [['test/inbox', '-t', 'a name']]])('go to Vitest as they are: %j', (words) => {
		expect(testArguments(words)).toEqual({ words, isPartial: false });
	});

	it.each(['--changed', '--changed=HEAD~3'])('with %s leave out what starts the whole program', (word) => {
		expect(testArguments([word, '--silent'])).toEqual({ words: [word, '--silent', '--exclude', 'test/e2e/**'], isPartial: true });
	});

	it('with --changed keep what starts the whole program when it is asked for by name', () => {
		const words = ['test/e2e/platforms', '--changed'];
		expect(testArguments(words)).toEqual({ words, isPartial: true });
	});
});
