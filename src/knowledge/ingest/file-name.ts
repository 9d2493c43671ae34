/** What a file is called, as we keep and show it: whoever names a file must not thereby write anything else. Pure. */

import { storableText } from '../../database/storable.ts';
import { toDisplayName } from '../../platform/display-name.ts';

/** File systems take 255 bytes. Names that long are nobody's to read, but their ending says what the file is. */
const mostCharacters = 120;
const ending = /\.[\p{L}\p{N}]{1,10}$/u;

/** Without folders before it, on one line; empty when nothing is left. */
export function toFileName(given: string): string {
	const name = toDisplayName(storableText(given.split(/[\\/]/).at(-1) ?? ''), Number.POSITIVE_INFINITY);
	const [kept = ''] = ending.exec(name) ?? [];
	return toDisplayName(name.slice(0, name.length - kept.length), mostCharacters - kept.length) + kept;
}
