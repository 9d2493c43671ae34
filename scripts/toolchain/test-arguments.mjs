/** What Vitest is told for the words behind `npm test --`. */

/** Files that start the whole program: they import little of it, so what was changed tells nothing about them. */
const programTests = 'test/e2e';

/**
 * @param {readonly string[]} words
 * @returns {{ words: string[], isPartial: boolean }} `isPartial`: only what a change can touch, which may be nothing.
 */
export function testArguments(words) {
	const isPartial = words.some((word) => word === '--changed' || word.startsWith('--changed='));
	const isAsked = words.some((word) => word.startsWith(programTests));
	return { words: isPartial && !isAsked ? [...words, '--exclude', `${programTests}/**`] : [...words], isPartial };
}
