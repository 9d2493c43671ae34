/** The last resort for text that could not be rendered: as it is, but nothing in it means anything to anybody. */

import { mentionBreak } from './mention.ts';

/** A space that nobody sees behind every character that a link, an image, code, a tag or a mention begins or ends with. */
export function toInertText(text: string): string {
	return text.replace(/[[\]!<&@`~|\\]/g, `$&${mentionBreak}`).replace(/:(?=\/\/)/g, `:${mentionBreak}`);
}
