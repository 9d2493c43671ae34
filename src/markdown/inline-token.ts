/** Reads the inline constructs that stand alone: escapes, entities, angle brackets and at signs. */

import { readHostNote, readTarget } from './link.ts';
import { makeAddressSafe, mentionBreak } from './mention.ts';

/** What a scanner found at one place of the source. */
export interface Reading {
	/** What is written in place of `length` characters of the source. */
	output: string;
	length: number;
	/** The first place whose output more text could change; absent when this is final. */
	openFrom?: number;
	/** The range of the source that was read and that a cut would break. */
	atom?: [start: number, end: number];
	/** A range of plain text that reads otherwise without its end: what is final does not end within it. */
	whole?: [start: number, end: number];
}

/** An angle bracket and what a construct would have before its first blank; longer than any address that is let through. */
const RUN = /<[^ \t\n<>]{0,2100}/y;
const runLimit = 2_100;
const SCHEME = /^<[a-z][a-z0-9+.-]{0,31}:/i;
/** The only addresses that are links without a label. */
const WEB_AUTOLINK = /^<(?:https?|mailto):[^|\\]{0,2048}$/i;
const MAIL_AUTOLINK = /^<[\w.!#$%&'*+/=?^{}~-]{1,64}@[a-z0-9.-]{1,255}$/i;
const MAIL_START = /^<[\w.!#$%&'*+/=?^`{|}~-]+@/;
const TAG_NAME = /^<\/?[a-z][a-z0-9-]*/i;
/** A tag without attributes is a word in angle brackets. */
const BARE_TAG = /<\/?[a-z][a-z0-9-]{0,100}[ \t]{0,10}\/?>/iy;
const OPEN_BARE_TAG = /<\/?[a-z][a-z0-9-]{0,100}[ \t]{0,10}\/?$/iy;
const BRACKET_ENTITY = /&(?:lt|LT|#0{0,5}60|#[xX]0{0,5}3[cC]);/y;
const OPEN_ENTITY = /&[#a-zA-Z0-9]{0,9}$/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** An address that some readers link as it stands, with all that directly follows: a backslash is part of it then. */
const BARE_ADDRESS = /(?:\/\/|www\.|@)[^\s<]*$/i;

const broadcasts = ['channel', 'here', 'everyone'];

/** The characters as they are. */
export function keep(text: string, position: number, length: number, openFrom?: number): Reading {
	const output = text.slice(position, position + length);
	return openFrom === undefined ? { output, length } : { output, length, openFrom };
}

/**
 * A backslash, with the character that it escapes. Commands are broken all the same, and so is a bracket that not everybody takes for
 * escaped.
 * @param before What has been written directly before it.
 */
export function readEscape(text: string, position: number, before = ''): Reading {
	const next = text[position + 1];
	if (next === undefined) return keep(text, position, 1, position);
	if (next === ']') return readEscapedBracket(text, position);
	if (next === '&') return keep(text, position, 2, matchAt(OPEN_ENTITY, text, position + 1) === null ? undefined : position);
	if (next !== '<' && next !== '@') return keep(text, position, PUNCTUATION.test(next) ? 2 : 1);
	if (next === '<' && text[position + 2] !== mentionBreak && endsInAddress(before)) {
		return { output: `\\<${mentionBreak}`, length: 2, ...(text[position + 2] === undefined ? { openFrom: position } : {}) };
	}
	const escaped = next === '<' ? readBracket(text, position + 1, 1) : readAt(text, position + 1);
	const openFrom = escaped.openFrom === undefined ? {} : { openFrom: position };
	return { output: `\\${escaped.output}`, length: 2, ...openFrom };
}

/** `<`: a command, an address, a tag, or just a character. `isLineStart` is where a tag would make the lines that follow HTML. */
export function readAngle(text: string, position: number, isLineStart: boolean): Reading {
	const next = text[position + 1];
	if (next === undefined || isCommandStart(next)) return readBracket(text, position, 1);
	if (next === mentionBreak) return keep(text, position, 1);
	const run = matchAt(RUN, text, position) ?? '<';
	const end = position + run.length;
	const open = end === text.length ? { openFrom: position } : {};
	const broken: Reading = { output: `<${mentionBreak}`, length: 1, whole: [position, end], ...open };
	if (run.length > runLimit) return broken;
	if (SCHEME.test(run) || MAIL_START.test(run)) return { ...(readAddress(text, position, run) ?? broken), ...open };
	if (next === '?' || (isLineStart && /[a-z/]/i.test(next))) return broken;
	const tag = readTag(text, position, run);
	return tag === null ? { ...broken, ...openTag(text, position) } : { ...tag, ...open };
}

/** `&`: the entity of an angle bracket counts as one. */
export function readEntity(text: string, position: number): Reading {
	const entity = matchAt(BRACKET_ENTITY, text, position);
	if (entity !== null) return readBracket(text, position, entity.length);
	return keep(text, position, 1, matchAt(OPEN_ENTITY, text, position) === null ? undefined : position);
}

/**
 * `@`: broken before `channel`, `here` and `everyone`, and in an address, where a host stands before it that is none.
 * @param before What has been written directly before it, as far as it may be such an address.
 */
export function readAt(text: string, position: number, before = ''): Reading {
	if (/https?:\/{2,}[^\s/?#<>]*$/i.test(before)) return { output: '%40', length: 1 };
	const rest = text.slice(position + 1, position + 9).toLowerCase();
	if (broadcasts.some((name) => rest.startsWith(name))) return { output: `@${mentionBreak}`, length: 1 };
	const isOpen = position + 1 + rest.length === text.length && broadcasts.some((name) => name.startsWith(rest));
	return keep(text, position, 1, isOpen ? position : undefined);
}

/** Whether a text ends in an address without angle brackets. */
export function endsInAddress(text: string): boolean {
	return BARE_ADDRESS.test(text);
}

/** What a pattern with the sticky flag matches at a position, or null. */
export function matchAt(pattern: RegExp, text: string, position: number): string | null {
	pattern.lastIndex = position;
	return pattern.exec(text)?.[0] ?? null;
}

function readEscapedBracket(text: string, position: number): Reading {
	const next = text[position + 2];
	if (next === '(') return { output: `\\]${mentionBreak}`, length: 2 };
	return keep(text, position, 2, next === undefined ? position : undefined);
}

/** An address in angle brackets, or null for what must not be one. Behind a blank, or without its end, it is none for any reader. */
function readAddress(text: string, position: number, run: string): Reading | null {
	const end = position + run.length;
	const isClosed = text[end] === '>';
	// What is refused within it, blanks and all, may be gone afterwards.
	if (!isClosed) return /[|[]/.test(run) ? null : { ...keep(text, position, 1), whole: [position, end] };
	const atom: [number, number] = [position, end + 1];
	const address = makeAddressSafe(run.slice(1));
	if (MAIL_AUTOLINK.test(run)) return { output: `<${address}>`, length: run.length + 1, atom };
	const target = WEB_AUTOLINK.test(run) ? readTarget(address) : null;
	if (target?.isAllowed !== true) return null;
	const { note, ...open } = target.hasUserInfo ? readHostNote(text, end + 1, target.host) : { note: '' };
	return { output: `<${address}>${note}`, length: run.length + 1, atom, ...open };
}

/** It may have no attributes in the end. */
function openTag(text: string, position: number): Pick<Reading, 'openFrom'> {
	return matchAt(OPEN_BARE_TAG, text, position) === null ? {} : { openFrom: position };
}

/** A tag without attributes, or no tag at all; null for a tag that may have attributes. */
function readTag(text: string, position: number, run: string): Reading | null {
	if (matchAt(BARE_TAG, text, position) !== null) return keep(text, position, 1);
	if (matchAt(OPEN_BARE_TAG, text, position) !== null) return null;
	const name = TAG_NAME.exec(run)?.[0];
	if (name === undefined) return keep(text, position, 1);
	const following = text[position + name.length];
	if (following === undefined || /[ \t\n|/[\]!]/.test(following)) return null;
	return { ...keep(text, position, 1), whole: [position, position + name.length + 1] };
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
