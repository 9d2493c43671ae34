/** A stretch of a model's text that nobody sees: reads on to the mark that ends it. */

import { findingMarks } from './reasoning-marks.ts';

export interface HiddenStretch {
	/**
	 * Reads what has come. `mark` ended the stretch, null when none did; `rest` follows it, or has to come again with more: it may be the
	 * beginning of a mark.
	 */
	read(text: string, isWhole: boolean): { mark: string | null; rest: string };
	/** What is to be shown after all when nothing ended it: the mark that began it was a word then. Empty when all stays hidden. */
	words(): string;
}

/** @param ends The marks that end it. @param word The one that began it, where it may be a word of the answer; else null. */
export function createHiddenStretch(ends: readonly string[], word: string | null): HiddenStretch {
	const finder = findingMarks(ends);
	// A mark without its last character, and a backtick before it.
	const keptCharacters = Math.max(...ends.map((mark) => mark.length));
	let words = word ?? '';
	return {
		read(text, isWhole) {
			let passed = 0;
			for (const { 0: mark, index } of text.matchAll(finder)) {
				const end = index + mark.length;
				const isInTicks = text.charAt(index - 1) === '`';
				if (isInTicks && end === text.length && !isWhole) return { mark: null, rest: text };
				if (!isInTicks || text.charAt(end) !== '`') return { mark, rest: text.slice(end) };
				// Reasoning about marks has them in code.
				passed = end;
			}
			const kept = isWhole ? text.length : Math.max(text.length - keptCharacters, passed);
			if (word !== null) words += text.slice(0, kept);
			return { mark: null, rest: text.slice(kept) };
		},
		words: () => words,
	};
}
