/** Finds what lives in a whole message as Discord's clients read it: by patterns, tried in order at each place ("simple-markdown"). Pure. */

import type { FindLive, Stretch } from '#src/markdown/last-reading.ts';
import { isLying } from '#src/markdown/lying-link.ts';

/** What may begin one of the patterns; all else is text. */
const SPECIAL = /[`\\<@[]|(?:https?|steam|discord):\/\//g;

const FENCE = /```(?:[a-z0-9_+\-.#]+?\n)?\n*[^\n][\s\S]*?\n*```/iy;
const ESCAPE = /\\[^0-9A-Za-z\s]/y;
/** Mentions, commands, places, emoji and times ("Reference", message formatting). */
const TOKEN = /<(?:@[!&]?\d+|#\d+|\/[^\n>:]{1,100}:\d+|id:\w+|t:-?\d+(?::[a-z])?|a?:\w+:\d+)>|@(?:everyone|here)/iy;
const ANGLE_ADDRESS = /<[a-z][a-z0-9+.-]*:\/[^ >]+>/iy;
const BARE_ADDRESS = /(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/y;
/** What follows a label: an address in parentheses, and a title. */
const TARGET = /\]\(\s*<?((?:\([^()\s]*\)|\((?![^()\s]*\))|[^\s\\()]|\\.){0,2048}?)>?(?:\s+['"][\s\S]*?['"])?\s*\)/y;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** As many labels as a message of 2,000 characters has brackets that make sense. Of what has more, nothing is read: it counts as alive. */
const mostBrackets = 300;

/** Mentions and the like outside of code, addresses of other kinds, and links that lead elsewhere than their labels say. */
export const findLiveOnDiscord: FindLive = (text) => {
	if (text.split('](').length > mostBrackets) return [[0, text.length]];
	const found: Stretch[] = [];
	let position = 0;
	while (position < text.length) {
		SPECIAL.lastIndex = position;
		const start = SPECIAL.exec(text)?.index;
		if (start === undefined) break;
		const { end, isAlive } = readAt(text, start);
		if (isAlive) found.push([start, end]);
		position = Math.max(end, start + 1);
	}
	return found;
};

interface Place {
	end: number;
	isAlive: boolean;
}

function readAt(text: string, start: number): Place {
	const harmless = matchAt(FENCE, text, start) ?? matchAt(ESCAPE, text, start);
	if (harmless !== null) return { end: start + harmless[0].length, isAlive: false };
	if (text[start] === '`') return { end: spanEnd(text, start), isAlive: false };
	const token = matchAt(TOKEN, text, start);
	if (token !== null) return { end: start + token[0].length, isAlive: true };
	const address = matchAt(ANGLE_ADDRESS, text, start) ?? matchAt(BARE_ADDRESS, text, start);
	if (address !== null) return readAddress(text, start, address[0]);
	return text[start] === '[' ? readLink(text, start) : { end: start, isAlive: false };
}

/** An address that shows itself: it must be one of the web, of one line, and not look like another. What is none at all leads nowhere. */
function readAddress(text: string, start: number, address: string): Place {
	const end = start + address.length;
	const href = address.replace(/^<|>$/g, '');
	if (/\s/.test(href) || !/^https?:/i.test(href)) return { end, isAlive: true };
	return { end, isAlive: URL.canParse(href) && isLying({ href, label: href, following: text.slice(end) }) };
}

/** Behind the code span that begins with as many backticks as it can; its beginning where there is none. */
function spanEnd(text: string, start: number): number {
	const [opening = '', ...others] = text.slice(start).match(/`+/g) ?? [];
	const marker = others.reduce((longest, { length }) => (length <= opening.length && length > longest ? length : longest), 0);
	if (marker === 0) return start;
	const closing = new RegExp(`(?<!\`)\`{${marker}}(?!\`)`, 'g');
	closing.lastIndex = start + opening.length;
	return closing.exec(text) === null ? start : closing.lastIndex;
}

function readLink(text: string, start: number): Place {
	for (const close of labelEnds(text, start).reverse()) {
		const target = matchAt(TARGET, text, close);
		if (target === null) continue;
		const href = (target[1] ?? '').replace(/\\([^0-9A-Za-z\s])/g, '$1');
		// What has no scheme is shown as it was written.
		if (!SCHEME.test(href)) break;
		const label = text.slice(start + 1, close);
		const end = close + target[0].length;
		const isAlive = isLying({ href, label, following: text.slice(end) }) || findLiveOnDiscord(label).length > 0;
		return { end, isAlive };
	}
	return { end: start, isAlive: false };
}

/** Where a label may end before an address: brackets in pairs belong to it, and so does one that has another behind it before the next pair. */
function labelEnds(text: string, start: number): number[] {
	const ends: number[] = [];
	let position = start + 1;
	for (let close = text.indexOf(']', position); close >= 0; close = text.indexOf(']', position)) {
		const open = text.indexOf('[', position);
		if (open >= 0 && open < close) position = close + 1;
		else {
			// All that stand here without an opening one between them: the last one ends the label in any case.
			const stretch = text.slice(close, open < 0 ? undefined : open);
			for (const { index } of stretch.matchAll(/\](?=\()/g)) ends.push(close + index);
			return ends;
		}
	}
	return ends;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
	pattern.lastIndex = position;
	return pattern.exec(text);
}
