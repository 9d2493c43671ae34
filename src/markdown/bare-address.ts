/** Addresses that stand in text as they are: where they begin and end, and how they are written so that no client makes links of them. Pure. */

import { fileEndings } from './file-endings.ts';
import { mentionBreak } from './mention.ts';

/** Whether an address may be a link; asked with those of any scheme, in full, nothing in them escaped. */
export type LinkRule = (address: string) => boolean;

/** For text in which no address is one. */
export const noLinks: LinkRule = () => false;

export interface BareAddress {
	start: number;
	end: number;
	/** As a client would open it; empty where clients would not agree. */
	address: string;
	/** Whether all of it stands there: a scheme, or the `www.` that stands for one. */
	isWhole: boolean;
}

/** The longest address that is looked at; as of links in brackets. */
const addressCharacters = 2_048;

/** What separates words: ECMAScript's blanks but U+FEFF, which nobody sees, so that browsers do not see it either. */
const blank = String.raw`\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;
const BLANK = new RegExp(`[${blank}]`);
/** Browsers do not see what nobody sees, and readers put together what marks of emphasis stand between. None holds the beginning of a whole address. */
const label = String.raw`(?:(?!https?:\/\/)[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}*~_-]){1,63}`;
/** With its port and path. */
const host = String.raw`${label}(?:\.${label}){1,30}(?::\d{1,5})?(?:[/?#][^${blank}<>\x60"|[\]{}]{0,${addressCharacters}})?`;
/** In the name before the sign of a mail address. */
const mailbox = String.raw`[\p{L}\p{N}_.+-]`;
/** With a scheme, or what stands for one; what some readers take for a host of its own; without a scheme, but with its slashes, and a dot or what may become one; a mail address; a host that is not the beginning of one. */
const ADDRESS = new RegExp(
	[
		String.raw`(?:(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,31}|https?):\/{2,}\[?|(?:mailto|xmpp|tel):|www\.)[^${blank}<>\x60"|[\]{}]{1,${addressCharacters}}`,
		String.raw`www\.(?=<)`,
		String.raw`(?<!\/)\/{2,}(?!\/)(?=[^${blank}<>\x60"|[\]{}/]{1,63}[.\\&])[^${blank}<>\x60"|[\]{}]{1,${addressCharacters}}`,
		`(?<!${mailbox})${mailbox}{1,64}@${host}`,
		String.raw`(?<![\p{L}\p{N}\p{M}_-])${host}(?!${mailbox}{0,64}@${host})`,
	].join('|'),
	'giu',
);
/** Nothing that could be an address is without one of these. What ECMAScript takes for a blank beyond all others, U+FEFF, nobody sees. */
export const MAY_BE_ADDRESS = /\/\/|(?:[^\s.]|\uFEFF)\.(?:[^\s.]|\uFEFF)|@|(?:mailto|xmpp|tel):/i;
/** What stands behind an address more often than it is part of one. */
const TRAILING = /[.,:;!?'*_~\\]$/;
const WHOLE = /^(?:[a-z][a-z0-9+.-]*:\/\/|\/\/|(?:mailto|xmpp|tel):|www\.)/i;
/** Marks of emphasis in a name, which has none within a word. */
const MARKS = /[*~]|^_+|_+$/g;
const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const TOP_LEVEL = /^(?:xn--[a-z0-9-]+|[\p{L}\p{M}]{2,})$/iu;

/** All that some client may take for an address, in their order. Names of files and numbers are none. */
export function readAddresses(text: string): BareAddress[] {
	if (!MAY_BE_ADDRESS.test(text)) return [];
	const addresses: BareAddress[] = [];
	ADDRESS.lastIndex = 0;
	for (let match = ADDRESS.exec(text); match !== null; match = ADDRESS.exec(text)) {
		const bare = match[0].replace(/^[*~_]+/, '');
		const written = /^www\.$/i.test(bare) ? bare : withoutTrailing(withoutUnpaired(bare));
		const start = ADDRESS.lastIndex - bare.length;
		// What stands behind a parenthesis that closes nothing may be another one.
		if (written.length < bare.length) ADDRESS.lastIndex = start + Math.max(written.length, 1);
		const isWhole = WHOLE.test(written);
		if (!isWhole && !written.includes('@') && !looksLikeHost(written)) continue;
		const end = start + written.length;
		addresses.push({ start, end, address: mayGoOn(text, start, end) ? '' : toAddress(written), isWhole });
	}
	return addresses;
}

/** With a space that nobody sees wherever a client finds the parts of an address together; behind `www.` it would be part of a name for some. */
export function breakAddress(written: string): string {
	return written.replace(/(?=@)|(?<=[:/])(?=\/)|(?<=\.)|(?<=w)(?=ww\.)|(?<=^(?:mailto|xmpp|tel):)/gi, mentionBreak);
}

/** Text that may be code for some readers, or for none: all addresses but those that may be links are broken. */
export function breakAddresses(text: string, mayOpen: LinkRule): string {
	let output = '';
	let position = 0;
	for (const { start, end, address } of readAddresses(text)) {
		if (mayOpen(address)) continue;
		output += text.slice(position, start) + breakAddress(text.slice(start, end));
		position = end;
	}
	return breakSpellings(output + text.slice(position));
}

/** What becomes a part of an address once escapes and references are decoded. */
function breakSpellings(text: string): string {
	return text.replace(/\\(?=[.:/@])|&(?!(?:amp|lt|gt|quot);)(?=[#a-z])/gi, `$&${mentionBreak}`);
}

/**
 * Whether it is part of a longer one for some readers: where it ends within a word, where a name or a mark of emphasis that closes nothing goes on
 * with its host, and where an angle bracket ends it that none begins.
 */
function mayGoOn(text: string, start: number, end: number): boolean {
	const [behind = ''] = text.slice(end, end + addressCharacters).split(BLANK, 1);
	if (/^[\p{L}\p{N}\p{M}]/u.test(behind)) return true;
	const written = text.slice(start, end);
	const isHostAlone = WHOLE.test(written) && !/[^/:][/?#]/.test(written);
	if (isHostAlone && behind.includes('@')) return true;
	const before = text.charAt(start - 1);
	if (behind.startsWith('_') && before !== '_' && isHostAlone) return true;
	if (hidesAddress(before) && holdsHost(written)) return true;
	return behind.startsWith('>') && before !== '<' && behind.length > 1;
}

/** Behind what most readers that look for addresses see none with a scheme: they may see another one in its path. */
function hidesAddress(before: string): boolean {
	return before === '_' || /[^<>\uFF5C\p{Z}\p{P}\p{Cc}]/u.test(before);
}

function holdsHost(written: string): boolean {
	const [, ...parts] = written.split(/[^\p{L}\p{N}\p{M}.:/_@-]/u);
	return parts.some((part) => /^[^.:/@]+\.[\p{L}\p{N}]/u.test(part));
}

/** Up to the first parenthesis that it does not open itself. */
function withoutUnpaired(found: string): string {
	let depth = 0;
	for (const { 0: mark, index } of found.matchAll(/[()]/g)) {
		depth += mark === '(' ? 1 : -1;
		if (depth < 0) return found.slice(0, index);
	}
	return found;
}

function withoutTrailing(found: string): string {
	let end = found.length;
	while (TRAILING.test(found.charAt(end - 1))) end--;
	return found.slice(0, end);
}

/** A name with a path or with `www.` in it is one whatever it ends in; so is one of three words whose ending is a country's, though files may end in it too. */
function looksLikeHost(written: string): boolean {
	const [name = ''] = written.split(/[:/?#]/);
	if (name.length < written.length || IP_ADDRESS.test(name) || /www\./i.test(name)) return true;
	const labels = name.split('.').map((one) => one.replace(MARKS, ''));
	const ending = labels.at(-1)?.toLowerCase() ?? '';
	const isFile = fileEndings.has(ending) && (labels.length === 2 || ending.length > 2);
	return !isFile && labels.slice(1).some((one) => TOP_LEVEL.test(one));
}

/** Readers differ about what a backslash means, and where an address ends in which something is not seen: that is nobody's. */
function toAddress(written: string): string {
	if (/[\\\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(written)) return '';
	if (written.startsWith('//')) return `https:${written}`;
	if (WHOLE.test(written) && !/^www\./i.test(written)) return written;
	return /^[^/?#]*@/.test(written) ? `mailto:${written}` : `https://${written}`;
}
