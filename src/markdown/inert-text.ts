/** The last resort for text that could not be rendered, or must not live: as it is, but nothing in it means anything to anybody. */

import { breakAddresses, noLinks } from './bare-address.ts';
import { mentionBreak } from './mention.ts';

/** A space that nobody sees behind every character that a link, an image, code, a tag or a mention begins or ends with, and in addresses: what was code is none any more. */
export function toInertText(text: string): string {
	const broken = breakAddresses(text, noLinks);
	return broken.replace(/[[\]!<&@`~|\\]/g, `$&${mentionBreak}`).replace(/:(?=\/\/)/g, `:${mentionBreak}`);
}

/** What is written in place of them where there is no room for more characters. */
const blunt: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '(', '>': ')', '`': "'" };

/** The same in no more room, in whatever unit it is measured; it shows. */
export function toBluntText(text: string): string {
	return text.replace(/[[\]!<>&@`~|\\]/g, (character) => blunt[character] ?? ' ').replaceAll('://', ': /');
}
