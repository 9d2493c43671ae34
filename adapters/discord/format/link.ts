/** Links whose label holds an address: Discord takes none of them for a link, and shows the brackets. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import { makeAddressSafe } from '#src/markdown/mention.ts';

/** "[https://…", with a letter or two at least, wherever it stands in the label (issue 7721 of discord-api-docs). */
const ADDRESS = /https?:\/\/[^\s<>]{2,}/i;
const LINK = /^\[([\s\S]*)\]\(<?([^\s<>]+)>?(?: "[^"]*")?\)$/;
/** Marks of emphasis and code around a label. */
const MARKS = /^[*_~`]+|[*_~`]+$/g;
/** Behind these a bare address ends for Discord where it is meant to, and before them it begins. */
const CLEAR_END = /^[.,:;"']*(?:\s|$)/;
/** More of these do not follow each other. */
const lookAhead = 10;
const CLEAR_START = /(?:^|[^\p{L}\p{N}_])$/u;

/** The text that a link stands in. */
export interface Surroundings {
	before: string;
	after: string;
}

/**
 * A link, as it was written, in a form that Discord reads. Null where it has that form. Where the label is an address, whole or cut, the link's
 * own is what remains; other words stay in front of it. A label that names another host stays as it is: the right one stands behind it already.
 */
export function writeAddressLink(link: string, around: Surroundings): string | null {
	const [, label = '', written = ''] = LINK.exec(link) ?? [];
	const named = ADDRESS.exec(label)?.[0];
	const address = makeAddressSafe(written.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
	if (named === undefined || !URL.canParse(address) || namesAnotherHost(label, new URL(address).hostname)) return null;
	const words = label.replace(MARKS, '');
	if (/^https?:\S*$/i.test(words)) return bareAddress(address, around);
	return isSame(named.replace(/[.,:;"'*_~`)]+$/, ''), address) ? label : `${label} (<${address}>)`;
}

/** Without brackets where nothing around it would become part of it. */
function bareAddress(address: string, { before, after }: Surroundings): string {
	const isClear = CLEAR_START.test(before.slice(-2)) && CLEAR_END.test(after.slice(0, lookAhead)) && /[\p{L}\p{N}/_-]$/u.test(address);
	return isClear ? address : `<${address}>`;
}

function isSame(one: string, other: string): boolean {
	return URL.canParse(one) && new URL(one).href === new URL(other).href;
}
