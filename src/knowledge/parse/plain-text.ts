/** Plain text → blocks: paragraphs are what blank lines part. */

import type { BlockList } from './block-list.ts';
import { cleanText, joinDividedWords } from './clean-text.ts';

export function readPlainText(text: string, list: BlockList): void {
	for (const paragraph of joinDividedWords(cleanText(text)).split(/\n[^\S\n]*\n/)) list.paragraph(paragraph);
}
