/** Formulas of TeX, `\( … \)`, `\[ … \]` and `$$ … $$`: found; and for platforms that draw none, written with plain characters or as code. Pure. */

import { readTex, type TexReading } from './tex.ts';
import { lineMarks, type Replacement, type TextPlace, withoutMarks } from './text-place.ts';

/** The longest formula that is waited for: what is longer is shown as it comes. */
const inlineCharacters = 500;
const apartCharacters = 1_500;

/** What may stand behind one that stands alone: a full stop and blanks. */
const lookAhead = 20;

const closings: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };
/** One that stands alone ends with a blank line before its closing, but not with those behind the opening and before the closing. */
const BLANK_LINE = /\n[ \t>]*\n/;
const PARAGRAPH_END = /\S[ \t]*\n[ \t>]*\n(?![ \t>]*(?:\\\]|\$\$|[\\$]?$))/;

/** A sign between two things, or a small letter on one. */
const RELATION = /[\p{L}\p{N})}\]']\s*[=<>]\s*[\p{L}\p{N}({[\\+-]/u;
const SCRIPT = /[\p{L}\p{N})}\]']\s*[\^_]\s*[\p{L}\p{N}{(\\+*-]/u;
const OPERATOR = /[\^_=<>+*/-]/;
/** What patterns of regular expressions have and formulas do not. */
const PATTERN = /\?|\[\^|[.\])}][*+]|(?<![\^_])\{\d|\\(?:[dDwWsSbB](?![A-Za-z])|\.)/;
/** A command with an argument, be it one that has no plain form. */
const LONG_COMMAND = /\\[A-Za-z]{4,}\{/;

/** What Markdown would take for more than a character: anywhere, and at a line's beginning. */
const ACTIVE = /[_`~\\*]/;
const ACTIVE_BEGINNING = /^(?:[-+#=>|:]|\d{1,9}[.)](?:\s|$))/;

const ROW = /^[ \t>]*\|/;

interface Formula {
	opening: string;
	tex: string;
	reading: TexReading;
	/** Nothing else stands on its lines. */
	isApart: boolean;
	/** Its opening has a line of its own. */
	isSpread: boolean;
}

export interface FoundFormula {
	tex: string;
	/** Nothing else stands on its lines. */
	isApart: boolean;
	/** Of all that belongs to it, with the rest of its line where it stands apart. */
	length: number;
	/** What stands behind it there. */
	punctuation: string;
}

/** What stands in place of the formula that begins here; null for none, `wait` as long as its end has not come. */
export function readFormula(place: TextPlace): Replacement | 'wait' | null {
	const found = find(place);
	if (found === null || found === 'wait') return found;
	const { formula, end, following } = found;
	if (!formula.isApart) return { length: end, text: writeInline(formula, place.line, following) };
	return { length: end + following.length, text: writeApart(formula, place, following.trim()) };
}

/** As it is, but on one line: so nothing in it is read as a mark of Markdown. */
export function keepFormula(place: TextPlace): Replacement | 'wait' | null {
	const found = find(place);
	if (found === null || found === 'wait') return found;
	const { formula, end, following } = found;
	const { opening, tex, isApart } = formula;
	const rest = isApart ? following : '';
	// A comment of TeX ends with its line.
	const written = tex.includes('%') ? place.rest.slice(0, end) : `${opening}${tex.replace(/\s*\n\s*/g, ' ')}${closings[opening]}`;
	return { length: end + rest.length, text: written + rest };
}

/** The formula that begins here in a text that is whole. */
export function findFormula(place: Omit<TextPlace, 'isEnd'>): FoundFormula | null {
	const found = find({ ...place, isEnd: true });
	if (found === null || found === 'wait') return null;
	const { formula, end, following } = found;
	const { tex, isApart } = formula;
	const length = isApart ? end + following.length : end;
	return { tex, isApart, length, punctuation: isApart ? following.trim() : '' };
}

/** `end`: behind its closing. `following`: what stands there to the end of the line. */
function find(place: TextPlace): { formula: Formula; end: number; following: string } | 'wait' | null {
	const { rest, line, isEnd } = place;
	const opening = rest.slice(0, 2);
	const closing = closings[opening];
	if (closing === undefined) return rest.length === 1 && !isEnd ? 'wait' : null;
	const mayBeApart = opening !== '\\(' && lineMarks(line) === line;
	const end = findEnd(place, closing, mayBeApart);
	if (typeof end !== 'number') return end;
	const behind = rest.slice(end + 2, end + 2 + lookAhead);
	const [following = ''] = behind.split('\n', 1);
	const isApart = mayBeApart && following.length < lookAhead && /^[ \t]*[.,;:]?[ \t]*$/.test(following);
	// What follows decides whether it stands alone, and whether a code span goes on.
	const isWhole = behind.length > (isApart ? following.length : 0);
	if (!isWhole && !isEnd) return 'wait';
	const tex = rest
		.slice(2, end)
		.replace(/\n[ \t>]*/g, '\n')
		.trim();
	const formula = { opening, tex, reading: readTex(tex), isApart, isSpread: rest[2] === '\n' };
	return isFormula(formula, line) ? { formula, end: end + 2, following } : null;
}

function findEnd({ rest, isEnd }: TextPlace, closing: string, mayBeApart: boolean): number | 'wait' | null {
	const window = rest.slice(0, mayBeApart ? apartCharacters : inlineCharacters);
	const end = window.indexOf(closing, 2);
	if (end < 0 && (isEnd || window.length < rest.length)) return null;
	if (isBroken(window.slice(2, end < 0 ? undefined : end), mayBeApart)) return null;
	return end < 0 ? 'wait' : end;
}

function isBroken(source: string, mayBeApart: boolean): boolean {
	if (source.includes('`')) return true;
	return mayBeApart ? BLANK_LINE.test(source) && PARAGRAPH_END.test(source) : source.includes('\n');
}

/** Escaped parentheses and brackets, amounts of money, paths and patterns are none. */
function isFormula(formula: Formula, line: string): boolean {
	const { opening, tex, reading, isApart, isSpread } = formula;
	if (!/\p{L}/u.test(tex) && !SCRIPT.test(tex) && !RELATION.test(tex)) return false;
	if (reading.commands > 0 || LONG_COMMAND.test(tex)) return true;
	if (!reading.isKnown || PATTERN.test(tex)) return false;
	if (isApart) return OPERATOR.test(tex) || (opening === '$$' && (isSpread || hasOnlyLetters(tex)));
	// Behind a word or an escaped character it is more of the same.
	return !/[\w\\.*+?)\]}]/.test(line.slice(-1)) && looksLikeFormula(formula);
}

/** Without a command, in the midst of a line: by its signs, or a lone letter in parentheses. */
function looksLikeFormula({ opening, tex }: Formula): boolean {
	if (SCRIPT.test(tex)) return true;
	if (opening === '\\(') return hasOnlyLetters(tex) || RELATION.test(tex);
	return RELATION.test(tex) && (hasOnlyLetters(tex) || opening === '\\[');
}

/** No words of several letters. */
function hasOnlyLetters(tex: string): boolean {
	return !/\p{L}{2}/u.test(tex);
}

function writeInline({ tex, reading }: Formula, line: string, following: string): string {
	// A bar would end the cell.
	const bar = ROW.test(line) ? '∣' : '|';
	const text = reading.rows.join('; ').replaceAll('|', bar);
	const isPlain = reading.isKnown && !ACTIVE.test(text);
	if (isPlain && !(lineMarks(line) === line && ACTIVE_BEGINNING.test(text))) return text;
	// Backticks that meet others would be one longer marker.
	const [before, after] = [line.endsWith('`') ? ' ' : '', following.startsWith('`') ? ' ' : ''];
	return `${before}\`${reading.isKnown ? text : tex.replace(/\s+/g, ' ').replaceAll('|', bar)}\`${after}`;
}

/** In a paragraph of its own, or a fence where it has several rows or no plain form. */
function writeApart({ tex, reading }: Formula, { line, isAfterText }: TextPlace, punctuation: string): string {
	const prefix = withoutMarks(line);
	const { rows, isKnown } = reading;
	const [row = ''] = rows;
	const before = isAfterText && prefix === line ? `\n${prefix}` : '';
	const isPlain = isKnown && rows.length === 1 && !ACTIVE.test(row) && !ACTIVE_BEGINNING.test(row);
	if (isPlain) return `${before}${row}${punctuation}\n${prefix.trimEnd()}`;
	return `${before}${['```', ...(isKnown ? rows : tex.split('\n')), '```'].join(`\n${prefix}`)}`;
}
