/** Reads the destination of a Markdown link and judges whether its label tells the truth about it. */

import { unescapeMarkdown } from './parser.ts';

/** Longest `(destination "title")` that is looked at: what browsers and chat platforms take as an address at most. */
const destinationLimit = 2_048;

/** Deepest parentheses in an address; the limit of the reference implementations of CommonMark. */
const depthLimit = 32;

export type DestinationReading =
	/** No link, whatever follows. */
	| { outcome: 'none' }
	/** The text ended before it was decided. */
	| { outcome: 'incomplete' }
	/** Longer, or deeper in parentheses, than anything that should be a link. */
	| { outcome: 'too-long' }
	/** `url` as written, escapes and all; `end` is behind the closing parenthesis. */
	| { outcome: 'link'; url: string; end: number };

export interface LinkTarget {
	isAllowed: boolean;
	/** The host that is really contacted, in its ASCII form; of a mail address, its domain. */
	host: string;
	/** Whether the address carries a user name or password, which are there to look like a host. */
	hasUserInfo: boolean;
}

/** Blank space; a line break may be followed by the marks of a quote that the link lies in. */
const BLANK = /(?:[ \t]|\n[ \t>]*)*/y;
const ANGLE_DESTINATION = /<((?:\\[^\n]|[^<>\\\n])*)>/y;
const TITLES: Record<string, RegExp> = {
	'"': /"(?:\\[\s\S]|[^"\\])*"/y,
	"'": /'(?:\\[\s\S]|[^'\\])*'/y,
	'(': /\((?:\\[\s\S]|[^()\\])*\)/y,
};

/** Reads `(destination "title")` at `open`, the position of the parenthesis ("CommonMark Spec", inline links). */
export function readDestination(text: string, open: number): DestinationReading {
	const window = text.slice(open + 1, open + 1 + destinationLimit);
	const atEnd: DestinationReading = window.length === destinationLimit ? { outcome: 'too-long' } : { outcome: 'incomplete' };
	const start = skip(BLANK, window, 0);
	if (start === window.length) return atEnd;
	const destination = window[start] === '<' ? readAngle(window, start) : readPlain(window, start);
	if (destination === null) return { outcome: 'none' };
	if (destination.isTooDeep) return { outcome: 'too-long' };
	if (destination.end === window.length) return atEnd;
	const close = readTitle(window, destination.end);
	if (close === null) return { outcome: 'none' };
	if (close >= window.length) return atEnd;
	return window[close] === ')' ? { outcome: 'link', url: destination.url, end: open + 2 + close } : { outcome: 'none' };
}

/** What a link's address, as written, leads to. Only web and mail addresses are allowed. */
export function readTarget(url: string): LinkTarget {
	const refused: LinkTarget = { isAllowed: false, host: '', hasUserInfo: false };
	const address = unescapeMarkdown(url);
	// Not everybody decodes what is written otherwise.
	if (!/^(?:https?:\/\/|mailto:)/i.test(url)) return refused;
	// Readers differ about what a backslash means.
	if (!/^(?:https?:\/\/|mailto:)[^\s\p{Cc}\\]+$/iu.test(address) || !URL.canParse(address)) return refused;
	const parsed = new URL(address);
	if (parsed.protocol === 'mailto:') return readMailTarget(parsed) ?? refused;
	if (!/^[\p{L}\p{N}.:[\]_-]+$/u.test(parsed.hostname)) return refused;
	return { isAllowed: true, host: parsed.hostname, hasUserInfo: parsed.username !== '' || parsed.password !== '' };
}

/** Null for a message to nobody, or to several places, of which a label would show one. */
function readMailTarget({ pathname, searchParams }: URL): LinkTarget | null {
	const domain = pathname.split('@').at(-1) ?? '';
	if (!/^[^@]+@[^@]+$/.test(pathname) || !/^[\p{L}\p{N}.-]+$/u.test(domain)) return null;
	const isToOthers = /,|%2c/i.test(pathname) || [...searchParams.keys()].some((name) => /^b?cc$|^to$/i.test(name));
	return isToOthers ? null : { isAllowed: true, host: toHost(domain), hasUserInfo: false };
}

/** Whose host a label does not say: ` (host)` behind the link, unless the text says it there by itself. */
export function readHostNote(text: string, end: number, host: string): { note: string; openFrom?: number } {
	const note = ` (${host})`;
	const following = text.slice(end, end + note.length);
	if (following === note) return { note: '' };
	const mayFollow = end + following.length === text.length && following !== '' && note.startsWith(following);
	return mayFollow ? { note, openFrom: end } : { note };
}

/** The ASCII form of a host name, as it goes into the Domain Name System. */
export function toHost(host: string): string {
	return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host.toLowerCase();
}

function skip(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	pattern.test(text);
	return Math.max(pattern.lastIndex, from);
}

interface Destination {
	url: string;
	end: number;
	isTooDeep?: boolean;
}

/** `<…>`; an end at the window's end stands for one that did not come. */
function readAngle(window: string, start: number): Destination | null {
	ANGLE_DESTINATION.lastIndex = start;
	const match = ANGLE_DESTINATION.exec(window);
	if (match !== null) return { url: match[1] ?? '', end: ANGLE_DESTINATION.lastIndex };
	return /[\n<]/.test(window.slice(start + 1).replace(/\\[^\n]/g, '')) ? null : { url: '', end: window.length };
}

/** Up to blank space or the parenthesis that closes the link; inner parentheses in pairs. */
function readPlain(window: string, start: number): Destination | null {
	let depth = 0;
	let end = window.length;
	for (const { 0: mark, index } of window.slice(start).matchAll(/\\[!-/:-@[-`{-~]|[()\p{Cc} ]/gu)) {
		if (mark.startsWith('\\')) continue;
		if (mark === '(') depth++;
		else if (mark !== ')' || depth-- === 0) {
			end = start + index;
			break;
		}
		if (depth > depthLimit) return { url: '', end: start + index, isTooDeep: true };
	}
	if (end === window.length) return { url: '', end };
	return depth > 0 ? null : { url: window.slice(start, end), end };
}

/** Behind the optional title and the blank space around it; the window's length when that is not yet known. */
function readTitle(window: string, from: number): number | null {
	const start = skip(BLANK, window, from);
	const pattern = start > from ? TITLES[window[start] ?? ''] : undefined;
	if (pattern === undefined) return start;
	pattern.lastIndex = start;
	if (pattern.test(window)) return skip(BLANK, window, pattern.lastIndex);
	// A title in parentheses holds no further ones.
	return window[start] === '(' &&
		window
			.slice(start + 1)
			.replace(/\\[\s\S]/g, '')
			.includes('(')
		? null
		: window.length;
}
