/** Word 97 to 2003 → blocks: paragraphs, and rows of tables as lines. It has no headings that could be told. */

import WordExtractor from 'word-extractor';
import type { BlockList } from './block-list.ts';
import { Rejection } from './rejection.ts';

/** @throws Rejection `corrupt`. */
export async function readOldWord(bytes: Uint8Array, list: BlockList): Promise<null> {
	const document = await new WordExtractor().extract(Buffer.from(bytes)).catch(() => {
		throw new Rejection('corrupt');
	});
	for (const part of [document.getBody(), document.getTextboxes(), document.getFootnotes(), document.getEndnotes()]) {
		for (const paragraph of part.split('\n')) list.paragraph(paragraph);
	}
	return null;
}
