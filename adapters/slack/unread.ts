/** Leaves out of a body what nobody here reads, before anything is parsed: what people wrote comes as text and, in many more pieces, in blocks. Pure. */

import { endOfString } from '#src/platform/untrusted-json.ts';

/** A message's text is read from `text`, whoever wrote it; `attachments` are previews of links and messages that were passed on. */
const unread = ['blocks', 'attachments'] as const;
/** A message has each of them once, and an edit brings two messages. What is repeated more often stays, and counts as all the rest does. */
const mostOfEach = 100;

const quote = 0x22;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/**
 * The JSON text with null in place of the lists and objects that nobody reads, whatever they hold: looking through them takes two milliseconds
 * for a megabyte, parsing a hundred. Within a text every quotation mark is escaped, so what looks like a field's name is one. Slack puts no
 * blanks between.
 */
export function withoutUnread(text: string): string {
	return unread.reduce((rest, name) => withoutField(rest, name), text);
}

function withoutField(text: string, name: string): string {
	const start = `"${name}":`;
	const kept: string[] = [];
	let keptFrom = 0;
	for (let found = text.indexOf(start); found >= 0 && kept.length < mostOfEach; ) {
		const from = found + start.length;
		const end = text.charCodeAt(found - 1) === backslash ? from : endOfStructure(text, from);
		if (end > from) {
			kept.push(text.slice(keptFrom, from));
			keptFrom = end;
		}
		found = text.indexOf(start, end);
	}
	kept.push(text.slice(keptFrom));
	return kept.join('null');
}

/** Behind the list or object that begins at `from`; `from` itself when none does, and behind the text when it never ends. */
function endOfStructure(text: string, from: number): number {
	if (!isOpening(text.charCodeAt(from))) return from;
	let depth = 1;
	let at = from + 1;
	for (; at < text.length && depth > 0; at++) {
		const code = text.charCodeAt(at);
		if (code === quote) at = endOfString(text, at);
		else if (isOpening(code)) depth++;
		else if (code === closingBracket || code === closingBrace) depth--;
	}
	return at;
}

function isOpening(code: number): boolean {
	return code === openingBracket || code === openingBrace;
}
