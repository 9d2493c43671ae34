/** Plain text → blocks: paragraphs are what blank lines part. */

import { stretchesOf } from '../stretches.ts';
import type { BlockList } from './block-list.ts';
import { cleanText, joinDividedWords } from './clean-text.ts';

export function readPlainText(text: string, list: BlockList): void {
	for (const paragraph of text.split(/\n[^\S\n]*\n|\r\r/)) {
		for (const stretch of stretchesOf(paragraph)) list.paragraph(joinDividedWords(cleanText(stretch)));
		if (list.isFull) return;
	}
}
