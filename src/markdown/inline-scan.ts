/** Walks once through one leaf of Markdown and writes it out again with every link checked and every mention broken. */

import { breakAddress, type LinkRule, noLinks } from './bare-address.ts';
import { type BracketReader, createBracketReader } from './brackets.ts';
import { type CodeReader, createCodeReader } from './code-spans.ts';
import { keep, matchAt, type Reading, readAngle, readAt, readEntity, readEscape } from './inline-token.ts';
import { mentionBreak } from './mention.ts';
import { type AddressReader, createAddressReader } from './unknown-addresses.ts';

export interface InlineScan {
	output: string;
	/** Code spans, links and the like, as ranges of the source: a cut inside would break them. In order, not nested. */
	atoms: [start: number, end: number][];
	/** These, and what reads otherwise without its end: what is final does not end within. In order of their beginning. */
	held: [start: number, end: number][];
	/** The first place whose output more text could change; the text's length when there is none. */
	stableLength: number;
	/** Whether it is left open what is code in text that directly follows. */
	isDoubtful: boolean;
	/** Whether it is left open what a definition is there. */
	mayDefine: boolean;
}

export interface ScanOptions {
	/** False for a table cell further right: no link definition and no tag can begin a line there. */
	startsLine?: boolean;
	/** Whether what is code was left open before. */
	isDoubtful?: boolean;
	/** False where other readers may see one paragraph in what are several leaves here. */
	mayLink?: boolean;
	/** False where nothing pings from within code, which then stays as it is. */
	pingsInCode?: boolean;
	/** False for what shows code as any text: all of it is in doubt then, and no address in it is a link. */
	knowsCode?: boolean;
	/** Which addresses may be links; any that reads like one when not given. */
	links?: LinkRule | undefined;
}

/** As much of an address as is looked back at. */
const addressCharacters = 256;

const DOTS = /\.+/y;
/** What may stand for a user name, before an at sign; an angle bracket within it is written anew by some platforms. */
const USER_NAME = /https?:\/{2,}[^\s/?#]*$/i;
/** What may be a host behind it. */
const AFTER_USER = /[^\s<>"|@\\&`![\](){}]{0,256}/y;

const SPECIAL = /[\\`<&@![\]]/g;
/** The marks of quotes and list items before a line's own text. */
const CONTAINER_MARKS = /[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])(?=[ \t])[ \t>]*)*/y;

/** @param text One paragraph, heading or table cell, with the marks of its containers. */
export function scanInline(text: string, options: ScanOptions = {}): InlineScan {
	const { startsLine = true, mayLink = true, pingsInCode = true, knowsCode = true, links } = options;
	const isDoubtful = options.isDoubtful === true || !knowsCode;
	const output: string[] = [];
	const atoms: [number, number][] = [];
	const wholes: [number, number][] = [];
	let stableLength = text.length;
	let hasOpen = false;
	const hasAddress = /\/\/|www\.|@/i.test(text);
	/** The end of what has been written since the last link, where it may be an address that stands for itself. */
	let written = '';
	const findLineStart = createLineStartTest(text);
	const isLineStart = (position: number) => startsLine && findLineStart(position);
	const before = () => written;
	const code = createCodeReader(text, { isDoubtful, pingsInCode, before, links: knowsCode ? links : noLinks });
	const addresses = createAddressReader(text, links, () => code.isDoubtful);
	const brackets = createBracketReader({ text, output, isDoubtful: () => code.isDoubtful, isLineStart, mayLink, links });
	const readers = createReaders({ text, code, brackets, isLineStart, before, addresses, isQuiet: links !== undefined });
	function take(reading: Reading): void {
		if (reading.openFrom !== undefined) {
			// What comes behind may yet be read otherwise, and closes none of these for sure.
			if (!hasOpen) stableLength = Math.min(stableLength, brackets.openFrom());
			hasOpen = true;
			stableLength = Math.min(stableLength, reading.openFrom);
		}
		if (reading.atom !== undefined) addAtom(atoms, reading.atom);
		if (reading.whole !== undefined) wholes.push(reading.whole);
		output.push(reading.output);
		if (!hasAddress) return;
		const isLink = reading.atom !== undefined && /[)>]$/.test(reading.output);
		written = isLink ? '' : (written + reading.output).slice(-addressCharacters);
	}

	function readNext(position: number): Reading {
		SPECIAL.lastIndex = position;
		const next = Math.min(SPECIAL.exec(text)?.index ?? text.length, addresses.nextFrom(position));
		const read = readers[text[position] ?? ''];
		return next > position || read === undefined ? keep(text, position, Math.max(next - position, 1)) : read(position);
	}

	for (let position = 0; position < text.length; ) {
		const reading = addresses.readAt(position) ?? readNext(position);
		take(reading);
		position += reading.length;
	}
	stableLength = Math.min(stableLength, brackets.openFrom(), addresses.openFrom);
	const held = wholes.length === 0 ? atoms : [...atoms, ...wholes].sort(([one], [other]) => one - other);
	return {
		output: output.join(''),
		atoms,
		held,
		stableLength: outside(held, stableLength),
		isDoubtful: code.isDoubtful,
		mayDefine: brackets.mayDefine,
	};
}

/** The position, or where the ranges begin that it lies in. */
export function outside(held: readonly [start: number, end: number][], position: number): number {
	return held.reduceRight((place, [start, end]) => (start < place && place < end ? start : place), position);
}

interface Readers {
	text: string;
	code: CodeReader;
	brackets: BracketReader;
	isLineStart(position: number): boolean;
	before(): string;
	addresses: AddressReader;
	/** Whether what may become a part of an address, once it is decoded, is written so that it does not. */
	isQuiet: boolean;
}

/** Who reads what, by its first character. */
function createReaders({
	text,
	code,
	brackets,
	isLineStart,
	before,
	addresses,
	isQuiet,
}: Readers): Record<string, (position: number) => Reading> {
	return {
		'`': code.read,
		'[': brackets.read,
		']': brackets.read,
		'!': brackets.read,
		'<': (position) => {
			const reading = readAngle(text, position, isLineStart(position));
			// Nothing else is so long.
			if (reading.output.length <= 2) return reading;
			const unknown = addresses.readAngled(position, reading.length);
			if (unknown !== null) return unknown;
			brackets.noteLink();
			return reading;
		},
		'&': (position) => (isQuiet ? readQuietEntity(text, position) : readEntity(text, position)),
		'@': (position) => {
			const written = before();
			return isQuiet && USER_NAME.test(written) ? readQuietUser(text, position) : readAt(text, position, written);
		},
		'\\': (position) => {
			if (text[position + 1] === '`') code.noteEscape();
			const reading = readEscape(text, position, before());
			return isQuiet && /[.:/@]/.test(text[position + 1] ?? '') ? readQuietEscape(text, position, reading) : reading;
		},
	};
}

/** What stands behind a user name is no host: some readers would take one for it, which begins with the figures of the at sign. */
function readQuietUser(text: string, position: number): Reading {
	const host = matchAt(AFTER_USER, text, position + 1) ?? '';
	const end = position + 1 + host.length;
	return { output: `%40${breakAddress(host)}`, length: end - position, ...(end === text.length ? { openFrom: position } : {}) };
}

/** What is escaped must not become part of an address once it is decoded, nor what is put behind it a part between two dots. */
function readQuietEscape(text: string, position: number, { output, length, ...reading }: Reading): Reading {
	const dots = matchAt(DOTS, text, position + length) ?? '';
	return { ...reading, output: `${output}${mentionBreak}${dots.replaceAll('.', `.${mentionBreak}`)}`, length: length + dots.length };
}

/** A reference that may stand for a part of an address is shown as it is written. */
function readQuietEntity(text: string, position: number): Reading {
	const reading = readEntity(text, position);
	const isPart = reading.length === 1 && /^&(?!(?:amp|quot|nbsp);)[#a-z]/i.test(text.slice(position, position + 6));
	return isPart ? { ...reading, output: `&${mentionBreak}` } : reading;
}

/** A link swallows what lies in its label. */
function addAtom(atoms: [number, number][], atom: [number, number]): void {
	while ((atoms.at(-1)?.[0] ?? -1) >= atom[0]) atoms.pop();
	atoms.push(atom);
}

/** Tells whether a position is the first one of its line behind the marks of containers; asked from left to right. */
function createLineStartTest(text: string): (position: number) => boolean {
	let lineEnd = -1;
	let contentStart = 0;
	return (position) => {
		if (position > lineEnd) {
			const lineStart = position === 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
			contentStart = lineStart + (matchAt(CONTAINER_MARKS, text, lineStart)?.length ?? 0);
			const next = text.indexOf('\n', position);
			lineEnd = next < 0 ? text.length : next;
		}
		return position === contentStart;
	};
}
