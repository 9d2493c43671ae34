/** Makes model text safe for platforms that show standard Markdown. */

import { breakAddresses, type LinkRule, MAY_BE_ADDRESS } from './bare-address.ts';
import { scanInline } from './inline-scan.ts';
import { readLeaves } from './leaves.ts';
import { type Dialect, renderLeaves, SUSPECT } from './render-leaves.ts';

export { makeCodeSafe } from './mention.ts';

/** Slack's, where commands ping from within code too. */
const strictDialect: Dialect = { knowsCode: true, pingsInCode: true };

/** For platforms where nothing pings from within code: it stays byte for byte. */
export const quietCode: Dialect = { knowsCode: true, pingsInCode: false };

/** For what shows links, but takes code for text. */
export const withoutCode: Dialect = { knowsCode: false, pingsInCode: false };

/**
 * One block's source, safe to show: nobody is pinged, no image is fetched, no link hides where it leads. Links lead to the web
 * or to a mail address; any other is shown with its address as code. All other text stays as it is, byte for byte. Linear in
 * the length of the source. `last-reading.ts` finds what this leaves alive in rare texts.
 */
export function makeInlineSafe(source: string, dialect = strictDialect): string {
	const isLinkedCode = !dialect.knowsCode && source.includes('`') && MAY_BE_ADDRESS.test(source);
	return SUSPECT.test(source) || isLinkedCode || hasUncertainFence(source) ? renderLeaves(source, dialect) : source;
}

/**
 * The same, and no address is a link but those that the rule knows: others are shown as code, or as text with spaces in it that nobody sees. Code
 * stays as it is, unless a paragraph holds what only some readers take for a fence.
 */
export function keepKnownLinks(source: string, links: LinkRule): string {
	const dialect = { ...quietCode, links };
	const isUncertain = hasUncertainFence(source);
	const isSuspect = SUSPECT.test(source) || MAY_BE_ADDRESS.test(source) || source.includes('\\') || isUncertain;
	const written = isSuspect ? renderLeaves(source, dialect) : source;
	return isUncertain && !CONTAINER.test(source) ? breakAddresses(written, links) : written;
}

/** A block's first line that opens a fence for every reader: with bars behind its marker it might be a table's header. */
const PLAIN_OPENING = /^ {0,3}(?:`{3,}[^`|\n]*|~{3,}[^|\n]*)(?:\n|$)/;
const FENCE = /```|~~~/;
/** In quotes and lists code is indented, and no reader differs about that. */
const CONTAINER = /^ {0,3}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/;

/** Whether readers may differ about a fence: it is not the whole block, or may be something else. */
function hasUncertainFence(source: string): boolean {
	if (!FENCE.test(source)) return false;
	const opening = PLAIN_OPENING.exec(source)?.[0];
	if (opening === undefined) return true;
	const body = source.slice(opening.length);
	const next = body.search(FENCE);
	const nextEnd = next < 0 ? -1 : body.indexOf('\n', next);
	return nextEnd >= 0 && nextEnd < body.length - 1;
}

/** The ranges of a block's source that must not be cut: links, code spans, addresses in angle brackets. In order. */
export function readAtoms(source: string): [start: number, end: number][] {
	return readLeaves(source).flatMap((leaf) =>
		leaf.kind === 'text'
			? scanInline(source.slice(leaf.start, leaf.end)).atoms.map(([start, end]): [number, number] => [start + leaf.start, end + leaf.start])
			: [],
	);
}
