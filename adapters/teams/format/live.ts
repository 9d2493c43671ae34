/** Finds links and images in a card as a client has them that knows their looks and no grammar. Pure. */

import type { FindLive } from '#src/markdown/last-reading.ts';
import { isLying } from '#src/markdown/lying-link.ts';

const LINK =
	/(!?)\[((?:\\.|[^[\]\\\n]){0,500})\]\(\s{0,3}(?:<([^<>\n]{0,2048})>|((?:\\.|\([^()\s]*\)|[^\s()<>\\]){1,2048}))(?:\s+["'(][^\n]{0,500}?["')])?\s{0,3}\)/g;
/** A colon in whatever spelling: whether there is one decides what an address is. */
const COLON = /&(?:colon|#0*58|#x0*3a);/gi;
const ESCAPE = /\\([!-/:-@[-`{-~])/g;

/** All that looks like a link or an image counts as one, in code too. */
export const findLiveLooks: FindLive = (text) =>
	Array.from(text.matchAll(LINK))
		.filter(({ index }) => !isEscaped(text, index))
		.filter(({ 0: link, 1: mark, 2: label = '', 3: angled, 4: bare = '', index }) => {
			const href = withoutEscapes(angled ?? bare).replace(COLON, ':');
			return mark === '!' || isLying({ href, label: withoutEscapes(label), following: text.slice(index + link.length) });
		})
		.map(({ 0: link, index }) => [index, index + link.length]);

function isEscaped(text: string, index: number): boolean {
	let backslashes = 0;
	while (text[index - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}

function withoutEscapes(text: string): string {
	return text.replace(ESCAPE, '$1');
}
