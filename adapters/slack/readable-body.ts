/** Reads the JSON of a request as far as one may cost: what people wrote comes as text and, in many more pieces, in blocks and attachments. Pure. */

import { endOfString, isWithin, type Json, type JsonLimits, objectOrNull, parseJson, parseObject } from '#src/platform/untrusted-json.ts';

/**
 * The biggest that people write is a list or a table: one of 100 rows and 20 columns has 6,000 values, or twice that where each cell is rich
 * text in part, beside some thousand in other blocks. An edit brings the message twice. Depth: twenty pieces within each other, of which each
 * is a list and an object, and as many again, so that what is deeper can be told. All of Slack's kinds of objects have some hundred shapes.
 */
const slackLimits: JsonLimits = { values: 20_000, depth: 128, shapes: 2_000 };

/** What may be left out: without it the text can still be read. */
const spared = ['blocks', 'attachments'] as const;
/** Stands where something was left out; Slack has lists there. */
export const leftOut = 'left out: too big';
/** A message has each of them once, an edit brings two messages, and a message passes on others. What is repeated more often stays, and counts as all the rest does. */
const mostOfEach = 100;

const quote = 0x22;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** The body as Slack sent it; without blocks and attachments where they are too big; null for what is no object, or too big all the same. */
export function parseBody(text: string): Json | null {
	return isWithin(text, slackLimits) ? objectOrNull(parseJson(text)) : parseObject(withoutSpared(text));
}

/**
 * The JSON text with `leftOut` in place of these lists and objects, whatever they hold: looking through them takes two milliseconds for a
 * megabyte, parsing a hundred. Within a text every quotation mark is escaped, so what looks like a field's name is one. Slack puts no blanks
 * between.
 */
export function withoutSpared(text: string): string {
	return spared.reduce((rest, name) => withoutField(rest, name), text);
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
	return kept.join(JSON.stringify(leftOut));
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
