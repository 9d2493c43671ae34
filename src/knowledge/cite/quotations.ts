/** What a sentence gives as somebody's very words. Pure. */

import { foldText } from '../text/stems.ts';

const quoted = /"([^"]{2,})"/g;
/** What stands for words that were left out. */
const omission = /\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3}|…)\s*/;

/**
 * The quoted stretches of a sentence, as they must stand in a passage, and the sentence without them.
 * @param plain as `plainText` gives it.
 */
export function quotationsIn(plain: string): { stretches: string[]; rest: string } {
	const stretches: string[] = [];
	const rest = plain.replace(quoted, (_, words: string) => {
		stretches.push(...words.split(omission).map(verbatim).filter(Boolean));
		return ' ';
	});
	return { stretches, rest };
}

/** A text as its quotation is compared: without marks of Markdown, and without what ends a sentence at the end. */
export function verbatim(text: string): string {
	return foldText(text)
		.replace(/[*_~`"]/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[.,;:!?]+$/, '');
}
