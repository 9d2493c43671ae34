/** Reads the inline constructs that stand alone: escapes, entities, angle brackets and at signs. */

import { makeAddressSafe, mentionBreak } from './mention.ts';

/** What a scanner found at one place of the source. */
export interface Reading {
	/** What is written in place of `length` characters of the source. */
	output: string;
	length: number;
	/** The first place whose output more text could change; absent when this is final. */
	openFrom?: number;
	/** The range of the source that a cut would break. */
	atom?: [start: number, end: number];
}

const AUTOLINK = /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>|]{0,2048}|[\w.!#$%&'*+/=?^`{}~-]{1,64}@[a-z0-9.-]{1,255})>/iy;
/** Slack's own form of a link with a label, and addresses that are too long to be looked at. */
const SLACK_LINK = /<[a-z][a-z0-9+.-]{0,31}:(?:[^\s<>|]{0,2048}\||[^\s<>|]{2049})/iy;
/** What may still become one of the two. */
const OPEN_LINK = /<[^\s<>|]{0,2100}$/y;
const BRACKET_ENTITY = /&(?:lt|LT|#0{0,5}60|#[xX]0{0,5}3[cC]);/y;
const OPEN_ENTITY = /&[#a-zA-Z0-9]{0,9}$/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;

const broadcasts = ['channel', 'here', 'everyone'];

/** The characters as they are. */
export function keep(text: string, position: number, length: number, openFrom?: number): Reading {
	const output = text.slice(position, position + length);
	return openFrom === undefined ? { output, length } : { output, length, openFrom };
}

/** A backslash, with the character that it escapes. Commands are broken all the same. */
export function readEscape(text: string, position: number): Reading {
	const next = text[position + 1];
	if (next === undefined) return keep(text, position, 1, position);
	if (next !== '<' && next !== '@') return keep(text, position, PUNCTUATION.test(next) ? 2 : 1);
	const escaped = next === '<' ? readBracket(text, position + 1, 1) : readAt(text, position + 1);
	const openFrom = escaped.openFrom === undefined ? {} : { openFrom: position };
	return { output: `\\${escaped.output}`, length: 2, ...openFrom };
}

/** `<`: a command, an address, or just a character. */
export function readAngle(text: string, position: number): Reading {
	const next = text[position + 1];
	if (next === undefined || isCommandStart(next)) return readBracket(text, position, 1);
	const autolink = matchAt(AUTOLINK, text, position);
	if (autolink !== null) {
		return { output: makeAddressSafe(autolink), length: autolink.length, atom: [position, position + autolink.length] };
	}
	const slackLink = matchAt(SLACK_LINK, text, position);
	if (slackLink !== null) return { output: `<${mentionBreak}`, length: 1, atom: [position, position + slackLink.length] };
	return keep(text, position, 1, matchAt(OPEN_LINK, text, position) === null ? undefined : position);
}

/** `&`: the entity of an angle bracket counts as one. */
export function readEntity(text: string, position: number): Reading {
	const entity = matchAt(BRACKET_ENTITY, text, position);
	if (entity !== null) return readBracket(text, position, entity.length);
	return keep(text, position, 1, matchAt(OPEN_ENTITY, text, position) === null ? undefined : position);
}

/** `@`: broken before `channel`, `here` and `everyone`. */
export function readAt(text: string, position: number): Reading {
	const rest = text.slice(position + 1, position + 9).toLowerCase();
	if (broadcasts.some((name) => rest.startsWith(name))) return { output: `@${mentionBreak}`, length: 1 };
	const isOpen = position + 1 + rest.length === text.length && broadcasts.some((name) => name.startsWith(rest));
	return keep(text, position, 1, isOpen ? position : undefined);
}

/** What a pattern with the sticky flag matches at a position, or null. */
export function matchAt(pattern: RegExp, text: string, position: number): string | null {
	pattern.lastIndex = position;
	return pattern.exec(text)?.[0] ?? null;
}

/** An angle bracket in whatever spelling: broken when the next character makes it a command. */
function readBracket(text: string, position: number, length: number): Reading {
	const next = text[position + length];
	const bracket = keep(text, position, length, next === undefined ? position : undefined);
	return next !== undefined && isCommandStart(next) ? { ...bracket, output: bracket.output + mentionBreak } : bracket;
}

/** `<!here>`, `<@U1>`, `<#C1>`, or the same behind an escape or an entity. */
function isCommandStart(character: string): boolean {
	return '!@#&\\'.includes(character);
}
