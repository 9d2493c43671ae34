/** Walks once through one leaf of Markdown and writes it out again with every link checked and every mention broken. */

import { keep, matchAt, type Reading, readAngle, readAt, readEntity, readEscape } from './inline-token.ts';
import { namesAnotherHost, readDestination, readTarget } from './link.ts';
import { makeAddressSafe, makeCodeSafe, makeTitleSafe } from './mention.ts';

export interface InlineScan {
	output: string;
	/** Code spans, links and the like, as ranges of the source: a cut inside would break them. In order, not nested. */
	atoms: [start: number, end: number][];
	/** The first place whose output more text could change; the text's length when there is none. */
	stableLength: number;
}

/** Longest link label that is read. A longer one is shown, but not as a link. */
const labelLimit = 500;

/** Longest label of a link definition ("CommonMark Spec", link reference definitions). */
const definitionLimit = 999;

const SPECIAL = /[\\`<&@![\]]/g;
const DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){1,999}\]:/y;
const OPEN_DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){0,999}(?:\\|\])?$/y;
/** The marks of quotes and list items before a line's own text. */
const CONTAINER_MARKS = /[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])(?=[ \t])[ \t>]*)*/y;

interface Opener {
	position: number;
	/** Where its bracket is in the output. */
	outputIndex: number;
	isImage: boolean;
}

/**
 * @param text One paragraph, heading or table cell, with the marks of its containers.
 * @param startsLine False for a table cell further right: no link definition can begin there.
 */
export function scanInline(text: string, startsLine = true): InlineScan {
	const output: string[] = [];
	const atoms: [number, number][] = [];
	let stableLength = text.length;
	const brackets = createBracketReader(text, output, startsLine);
	const readTicks = createTickReader(text);
	const read = (position: number): Reading => {
		if (text[position] === '`') return readTicks(position);
		const isBracket = text[position] === '[' || text[position] === ']' || text[position] === '!';
		return isBracket ? brackets.read(position) : (readers[text[position] ?? ''] ?? readEscape)(text, position);
	};
	for (let position = 0; position < text.length; ) {
		SPECIAL.lastIndex = position;
		const next = SPECIAL.exec(text)?.index ?? text.length;
		const reading = next > position ? keep(text, position, next - position) : read(position);
		stableLength = Math.min(stableLength, reading.openFrom ?? stableLength);
		if (reading.atom !== undefined) addAtom(atoms, reading.atom);
		output.push(reading.output);
		position += reading.length;
	}
	stableLength = Math.min(stableLength, brackets.openFrom());
	for (const [start, end] of atoms.toReversed()) if (start < stableLength && stableLength < end) stableLength = start;
	return { output: output.join(''), atoms, stableLength };
}

const readers: Record<string, (text: string, position: number) => Reading> = {
	'\\': readEscape,
	'<': readAngle,
	'&': readEntity,
	'@': readAt,
};

/** A link swallows what lies in its label. */
function addAtom(atoms: [number, number][], atom: [number, number]): void {
	while ((atoms.at(-1)?.[0] ?? -1) >= atom[0]) atoms.pop();
	atoms.push(atom);
}

/** Reads `[`, `]` and `!` from left to right with the stack of brackets that are open ("CommonMark Spec", appendix on parsing). */
function createBracketReader(text: string, output: string[], startsLine: boolean) {
	const openers: Opener[] = [];
	/** Openers below this one lie around a link, and links hold no links. */
	let activeFrom = 0;
	const isAtLineStart = createLineStartTest(text);

	function open(position: number, length: number, openFrom?: number): Reading {
		openers.push({ position, outputIndex: output.length, isImage: length === 2 });
		return keep(text, position, length, openFrom);
	}

	function readOpening(position: number): Reading {
		if (!startsLine || !isAtLineStart(position)) return open(position, 1);
		const definition = matchAt(DEFINITION, text, position);
		if (definition !== null) return { output: '\\[', length: 1, atom: [position, position + definition.length] };
		const mayBeDefinition = text.length - position <= definitionLimit + 2 && matchAt(OPEN_DEFINITION, text, position) !== null;
		return open(position, 1, mayBeDefinition ? position : undefined);
	}

	function readClosing(position: number): Reading {
		const opener = openers.pop();
		const isActive = opener?.isImage === true || openers.length >= activeFrom;
		activeFrom = Math.min(activeFrom, openers.length);
		if (opener === undefined || !isActive) return keep(text, position, 1);
		const next = text[position + 1];
		return next === '(' ? readLink(opener, position) : keep(text, position, 1, next === undefined ? opener.position : undefined);
	}

	function readLink(opener: Opener, position: number): Reading {
		const isLabelTooLong = position - opener.position > labelLimit;
		const destination = isLabelTooLong ? ({ outcome: 'too-long' } as const) : readDestination(text, position + 1);
		if (destination.outcome === 'link') return closeLink(opener, position, destination.url, destination.end);
		// Nobody looked at where it leads, so it must not be a link.
		if (destination.outcome === 'too-long') return { output: ']\\(', length: 2, atom: [opener.position, position + 2] };
		return keep(text, position, 1, destination.outcome === 'incomplete' ? opener.position : undefined);
	}

	function closeLink(opener: Opener, position: number, url: string, end: number): Reading {
		const target = readTarget(url);
		const label = output.slice(opener.outputIndex + 1).join('');
		const isLink = target.isAllowed && label.trim() !== '';
		output[opener.outputIndex] = isLink ? '[' : '';
		const found = { length: end - position, atom: [opener.position, end] satisfies [number, number] };
		if (!isLink) return { ...found, output: label === '' || url === '' ? toCode(url) : ` (${toCode(url)})` };
		activeFrom = openers.length;
		const urlStart = text.indexOf(url, position + 2);
		const link = `](${text.slice(position + 2, urlStart)}${makeAddressSafe(url)}${makeTitleSafe(text.slice(urlStart + url.length, end))}`;
		return { ...found, output: target.hasUserInfo || namesAnotherHost(label, target.host) ? `${link} (${target.host})` : link };
	}

	return {
		read(position: number): Reading {
			if (text[position] === '[') return readOpening(position);
			if (text[position] === ']') return readClosing(position);
			const next = text[position + 1];
			return next === '[' ? open(position, 2) : keep(text, position, 1, next === undefined ? position : undefined);
		},
		/** The first bracket that may still become a link. */
		openFrom(): number {
			const isOpen = ({ isImage, position }: Opener, index: number) =>
				(isImage || index >= activeFrom) && text.length - position <= labelLimit;
			return openers.find(isOpen)?.position ?? text.length;
		},
	};
}

/** An address shown instead of linked. */
function toCode(url: string): string {
	return url === '' ? '' : `\`${makeCodeSafe(url.replace(/`/g, '%60').replace(/\s+/g, ' '))}\``;
}

/** Reads code spans; asked from left to right, it walks through the text once. */
function createTickReader(text: string): (position: number) => Reading {
	let runs: Map<number, number[]> | null = null;
	return (position) => {
		let end = position;
		while (text[end] === '`') end++;
		runs ??= readTickRuns(text);
		const starts = runs.get(end - position) ?? [];
		while ((starts.at(-1) ?? end) < end) starts.pop();
		const start = starts.at(-1);
		if (start === undefined) return keep(text, position, end - position, position);
		const close = start + end - position;
		const reading: Reading = { output: makeCodeSafe(text.slice(position, close)), length: close - position, atom: [position, close] };
		return close === text.length ? { ...reading, openFrom: position } : reading;
	};
}

/** Where the runs of backticks of each length begin, the first one last. */
function readTickRuns(text: string): Map<number, number[]> {
	const runs = new Map<number, number[]>();
	for (const { 0: run, index } of text.matchAll(/`+/g)) {
		const starts = runs.get(run.length);
		if (starts === undefined) runs.set(run.length, [index]);
		else starts.push(index);
	}
	for (const starts of runs.values()) starts.reverse();
	return runs;
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
