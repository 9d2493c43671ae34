/** Writes a formula of TeX with plain characters, as far as there are such. Pure. */

import {
	accents,
	alphabets,
	blanks,
	functions,
	ignored,
	noBlank,
	plainGroups,
	relations,
	subscripts,
	superscripts,
	symbols,
} from './tex-symbols.ts';

export interface TexReading {
	/** One below the other; most formulas have one. */
	rows: string[];
	/** Whether everything in it has a plain form. */
	isKnown: boolean;
	/** How many commands were found that only a formula has. */
	commands: number;
}

/** Deeper formulas than any that somebody reads. */
const mostDepth = 12;

interface Scanner {
	readonly tex: string;
	at: number;
	depth: number;
	isKnown: boolean;
	commands: number;
}

const NAME = /\\(?:([A-Za-z]+)\*?[ \t\n]*|([\s\S]|$))/y;
const RAW_GROUP = /[ \t\n]*\{((?:[^{}\\]|\\[\s\S]|\{[^{}]*\})*)\}/y;
const OPTION = /[ \t\n]*\[([^[\]]*)\]/y;
/** Its rows stay one below the other where nothing stands beside it. */
const rowsEnvironments = /^(?:align|aligned|alignat|gather|gathered|split|equation|eqnarray|multline|displaymath|math|flalign)\*?$/;
const fences: Readonly<Record<string, readonly [string, string]>> = {
	pmatrix: ['(', ')'],
	bmatrix: ['[', ']'],
	Bmatrix: ['{', '}'],
	vmatrix: ['|', '|'],
	Vmatrix: ['‖', '‖'],
	matrix: ['(', ')'],
	smallmatrix: ['(', ')'],
	array: ['(', ')'],
	cases: ['{ ', ''],
	dcases: ['{ ', ''],
	rcases: ['', ' }'],
};

export function readTex(tex: string): TexReading {
	const scanner: Scanner = { tex, at: 0, depth: 0, isKnown: true, commands: 0 };
	const rows = readRows(scanner).flatMap((cells) => cells.join('').split('\n').map(tidy));
	if (scanner.at < tex.length) scanner.isKnown = false;
	return { rows: rows.filter((row) => row !== ''), isKnown: scanner.isKnown, commands: scanner.commands };
}

/** Rows of cells, up to the end of the group or environment. */
function readRows(scanner: Scanner): string[][] {
	const rows: string[][] = [['']];
	while (scanner.at < scanner.tex.length && !/^(?:\}|\\end\b)/.test(scanner.tex.slice(scanner.at, scanner.at + 5))) {
		const row = rows.at(-1) ?? [];
		if (scanner.tex.startsWith('\\\\', scanner.at) || take(scanner, /\\(?:newline|cr)\b/y) !== null) {
			take(scanner, /\\\\(?:\[[^\]]*\])?/y);
			rows.push(['']);
		} else if (take(scanner, /&/y) !== null) row.push('');
		else row.push(readPiece(scanner, row.pop() ?? ''));
	}
	return rows;
}

/** What was written so far, and one more thing. */
function readPiece(scanner: Scanner, before: string): string {
	const character = scanner.tex.charAt(scanner.at);
	if (character === '^' || character === '_') return readScript(scanner, before, character);
	return before + readThing(scanner);
}

function readThing(scanner: Scanner): string {
	const character = scanner.tex.charAt(scanner.at);
	if (character === '\\') return readCommand(scanner);
	if (character === '{') return readGroup(scanner);
	scanner.at++;
	switch (character) {
		case '-':
			return '−';
		case '*':
			return '∗';
		case '~':
		case '\n':
		case '\t':
			return ' ';
		case "'":
			return '′';
		case '<':
		case '>':
			return ` ${character} `;
		default:
			return character;
	}
}

/** `{…}`, or the one thing that stands in its place. */
function readArgument(scanner: Scanner): string {
	take(scanner, /[ \t\n]+/y);
	if (scanner.at >= scanner.tex.length || scanner.depth > mostDepth) {
		scanner.isKnown = false;
		return '';
	}
	return tidy(readThing(scanner));
}

function readGroup(scanner: Scanner): string {
	scanner.at++;
	scanner.depth++;
	if (scanner.depth > mostDepth) scanner.isKnown = false;
	const rows = scanner.isKnown ? readRows(scanner) : [];
	scanner.depth--;
	if (scanner.tex.charAt(scanner.at) === '}') scanner.at++;
	else scanner.isKnown = false;
	return rows.map((cells) => cells.join('')).join(' ');
}

/** A small letter above or below where there is one; else `^(…)`, `_(…)`, and `lim(…)` for what stands below a word. */
function readScript(scanner: Scanner, before: string, mark: '^' | '_'): string {
	scanner.at++;
	const argument = readArgument(scanner).replaceAll(' ', '');
	if (mark === '^' && argument === '∘') return `${before}°`;
	const small = [...argument].map((character) => (mark === '^' ? superscripts : subscripts).get(character));
	const gap = /[∑∏∫∮⋃⋂∬∭∐]\S*$/u.test(before) && !isFollowedBy(scanner, /[ \t\n]*[\^_]/y) ? ' ' : '';
	if (!small.includes(undefined)) return before + small.join('') + gap;
	if (mark === '_' && /[a-z]{2} ?$/.test(before)) return `${before.trimEnd()}(${argument}) `;
	return `${before}${mark}${[...argument].length === 1 ? argument : `(${argument})`}${gap}`;
}

function readCommand(scanner: Scanner): string {
	const start = scanner.at;
	const [, name = '', sign = ''] = match(scanner, NAME) ?? [];
	if (name === '') return readSign(sign, scanner);
	const written = readWord(scanner, name) ?? readStructure(scanner, name);
	if (written === null) scanner.isKnown = false;
	else scanner.commands++;
	return written ?? scanner.tex.slice(start, scanner.at);
}

/** Commands without arguments; null for all others. */
function readWord(scanner: Scanner, name: string): string | null {
	const relation = own(relations, name);
	if (relation !== undefined) return ` ${relation} `;
	if (functions.has(name)) return `${name}${isFollowedBy(scanner, /[A-Za-z0-9\\]/y) ? ' ' : ''}`;
	if (ignored.has(name)) {
		// A dot stands for the parenthesis that is not there.
		take(scanner, /\./y);
		return '';
	}
	return blanks.has(name) ? ' ' : (own(symbols, name) ?? null);
}

function readSign(sign: string, scanner: Scanner): string {
	if (sign === '|') return '‖';
	if (blanks.has(sign)) return sign === noBlank ? '' : ' ';
	if (/[%$#&_{}]/.test(sign)) return sign;
	scanner.isKnown = false;
	return `\\${sign}`;
}

/** Commands with arguments; null for those that are not known. */
function readStructure(scanner: Scanner, name: string): string | null {
	const accent = own(accents, name);
	if (accent !== undefined) return accented(readArgument(scanner), accent, scanner);
	const alphabet = own(alphabets, name);
	if (alphabet !== undefined) return [...readArgument(scanner)].map((letter) => own(alphabet, letter) ?? letter).join('');
	if (plainGroups.has(name)) return readWords(scanner, name);
	switch (name) {
		case 'frac':
		case 'dfrac':
		case 'tfrac':
		case 'cfrac':
			return fraction(readArgument(scanner), readArgument(scanner)) + (isFollowedBy(scanner, /[A-Za-z0-9\\({]/y) ? ' ' : '');
		case 'sqrt':
			return readRoot(scanner);
		case 'binom':
		case 'dbinom':
		case 'tbinom':
			return `C(${readArgument(scanner)}, ${readArgument(scanner)})`;
		case 'pmod':
			return ` (mod ${readArgument(scanner)})`;
		case 'not':
			return `${readArgument(scanner)}\u0338 `;
		case 'tag':
			return ` (${readArgument(scanner)})`;
		case 'label':
			match(scanner, RAW_GROUP);
			return '';
		case 'begin':
			return readEnvironment(scanner);
		default:
			return null;
	}
}

/** Words keep their blanks; within `\mathrm` and the like stands a formula. */
function readWords(scanner: Scanner, name: string): string {
	if (!/^(?:text|[mh]box)/.test(name)) return readArgument(scanner) + (name === 'operatorname' ? ' ' : '');
	const words = match(scanner, RAW_GROUP)?.[1];
	if (words !== undefined) return words.replace(/\\([%$#&_{}])/g, '$1');
	scanner.isKnown = false;
	return '';
}

/** Behind the first letter, or behind each of a few; signs above and below it follow. */
function accented(text: string, accent: string, scanner: Scanner): string {
	const letters = [...text];
	const isOne = /^.\p{M}*[\p{Lm}\p{No}₀-ₜ⁰-ⁿ]*$/u.test(text);
	if (letters.length === 0 || (letters.length > 3 && !isOne)) scanner.isKnown = false;
	const accentedText = isOne ? `${letters[0]}${accent}${letters.slice(1).join('')}` : letters.map((letter) => letter + accent).join('');
	return accentedText.normalize('NFC');
}

/** `a/b`, with parentheses where something in it would bind less. */
function fraction(above: string, below: string): string {
	const isProduct = !/[+−/=<> ±]/.test(above.replace(/\([^()]*\)/g, '').slice(1));
	const isOne = /^(?:[√d∂]?\p{L}[\p{M}\p{No}\p{Lm}′]*|\d[\d.]*)$/u.test(below);
	return `${isProduct ? above : grouped(above)}/${isOne ? below : grouped(below)}`;
}

function grouped(text: string): string {
	return /^\([^()]*\)$/.test(text) ? text : `(${text})`;
}

function readRoot(scanner: Scanner): string {
	const degree = match(scanner, OPTION)?.[1]?.trim() ?? '2';
	const content = readArgument(scanner);
	const sign = { 2: '√', 3: '∛', 4: '∜' }[degree] ?? `${[...degree].map((digit) => superscripts.get(digit) ?? '').join('')}√`;
	return `${sign}${/^(?:\p{L}|\d+)$/u.test(content) ? content : grouped(content)}`;
}

/** On one line: columns apart, rows behind each other. Its rows alone are the formula's rows. */
function readEnvironment(scanner: Scanner): string {
	const name = match(scanner, RAW_GROUP)?.[1] ?? '';
	if (name === 'array' || name.startsWith('alignat')) match(scanner, RAW_GROUP);
	scanner.depth++;
	const rows = scanner.depth > mostDepth ? [] : readRows(scanner);
	scanner.depth--;
	const [opening, closing] = own(fences, name.replace('*', '')) ?? ['', ''];
	const isRows = rowsEnvironments.test(name);
	if (take(scanner, /\\end[ \t]*\{[A-Za-z]+\*?\}/y) === null || (!isRows && opening + closing === '')) scanner.isKnown = false;
	const texts = rows.map((cells) => tidy(cells.join(isRows ? '' : '  '))).filter((row) => row !== '');
	return isRows ? texts.join('\n') : `${opening}${texts.join('; ')}${closing}`;
}

function match(scanner: Scanner, pattern: RegExp): RegExpExecArray | null {
	pattern.lastIndex = scanner.at;
	const found = pattern.exec(scanner.tex);
	if (found !== null) scanner.at = pattern.lastIndex;
	return found;
}

function isFollowedBy(scanner: Scanner, pattern: RegExp): boolean {
	pattern.lastIndex = scanner.at;
	return pattern.test(scanner.tex);
}

function take(scanner: Scanner, pattern: RegExp): string | null {
	return match(scanner, pattern)?.[0] ?? null;
}

/** Names such as `constructor` are no entries of a table. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Blanks as in print: none within parentheses, and on both sides of a sign that has one. */
function tidy(text: string): string {
	return text
		.replace(/[ \t]+/g, ' ')
		.replace(/(?<=\S)[=+−] /g, ' $&')
		.replace(/ =(?=\S)/g, '$& ')
		.replace(/(?<=[([]) | (?=[)\],;])/g, '')
		.trim();
}
