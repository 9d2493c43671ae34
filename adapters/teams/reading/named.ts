/** What cannot be read as words, named in brackets. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';

/** `[sticker: Wave]`; without a name, what it is. */
export function inBrackets(kind: string, name = ''): string {
	const label = toDisplayName(name).replace(/[[\]]/g, '');
	return label === '' ? `[${kind}]` : `[${kind}: ${label}]`;
}

/** Stands where a text was longer than anything that people write. */
export const cutMark = '[cut here]';

/** At most so many characters, with a word that there were more. */
export function cutTo(text: string, mostCharacters: number): string {
	return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()} ${cutMark}`;
}
