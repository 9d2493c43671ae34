/** Walks once through one leaf of Markdown and writes it out again with every link checked and every mention broken. */

import { namesAnotherHost, readDestination, readTarget } from './link.ts';
import { makeAddressSafe, makeCodeSafe, makeTitleSafe, mentionBreak, type Reading, readAt, readBracket } from './mention.ts';

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

/** Longest address between angle brackets that is read. */
const SPECIAL = /[\\`<&@![\]]/g;
const AUTOLINK = /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>|]{0,2048}|[\w.!#$%&'*+/=?^`{}~-]{1,64}@[a-z0-9.-]{1,255})>/iy;
const SLACK_LINK = /<[a-z][a-z0-9+.-]{0,31}:(?:[^\s<>|]{0,2048}\||[^\s<>|]{2049})/iy;
const OPEN_BRACKET = /<[^\s<>|]{0,2100}$/y;
const BRACKET_ENTITY = /&(?:lt|LT|#0{0,5}60|#[xX]0{0,5}3[cC]);/y;
const OPEN_ENTITY = /&[#a-zA-Z0-9]{0,9}$/y;
const DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){1,999}\]:/y;
const OPEN_DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){0,999}(?:\\|\])?$/y;
/** The marks of quotes and list items before a line's own text. */
const CONTAINER_MARKS = /[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])(?=[ \t])[ \t>]*)*/y;

interface Opener {
	position: number;
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
	const openers: Opener[] = [];
	const findClosingTicks = createTickFinder(text);
	const isAtLineStart = createLineStartTest(text);
	/** Openers below this one lie around a link, and links hold no links. */
	let activeFrom = 0;
	let stableLength = text.length;
	let position = 0;

	const holdFrom = (from: number) => {
		stableLength = Math.min(stableLength, from);
	};
	const write = (reading: Reading) => {
		if (reading.isOpen) holdFrom(position);
		output.push(reading.output);
		position += reading.length;
	};
	const keep = (length: number, isOpen = false) => write({ output: text.slice(position, position + length), length, isOpen });
	const addAtom = (start: number, end: number) => {
		while ((atoms.at(-1)?.[0] ?? -1) >= start) atoms.pop();
		atoms.push([start, end]);
	};

	function readEscape(): void {
		const next = text[position + 1];
		if (next === undefined || !/[!-/:-@[-`{-~]/.test(next)) return keep(1, next === undefined);
		const reading = next === '<' ? readBracket(text, position + 1, 1) : next === '@' ? readAt(text, position + 1) : null;
		if (reading === null) keep(2);
		else write({ ...reading, output: `\\${reading.output}`, length: 2 });
	}

	function readTicks(): void {
		let end = position;
		while (text[end] === '`') end++;
		const close = findClosingTicks(end - position, end);
		if (close === null) return keep(end - position, true);
		addAtom(position, close);
		write({ output: makeCodeSafe(text.slice(position, close)), length: close - position, isOpen: close === text.length });
	}

	function readAngle(): void {
		const next = text[position + 1];
		if (next === undefined || '!@#&\\'.includes(next)) return write(readBracket(text, position, 1));
		const autolink = matchAt(AUTOLINK, text, position);
		if (autolink !== null) {
			addAtom(position, position + autolink.length);
			return write({ output: autolink.replace(/@(?=channel|here|everyone)/gi, '%40'), length: autolink.length, isOpen: false });
		}
		const slackLink = matchAt(SLACK_LINK, text, position);
		if (slackLink !== null) {
			addAtom(position, position + slackLink.length);
			return write({ output: `<${mentionBreak}`, length: 1, isOpen: false });
		}
		keep(1, matchAt(OPEN_BRACKET, text, position) !== null);
	}

	function readEntity(): void {
		const entity = matchAt(BRACKET_ENTITY, text, position);
		if (entity !== null) write(readBracket(text, position, entity.length));
		else keep(1, matchAt(OPEN_ENTITY, text, position) !== null);
	}

	function readOpening(): void {
		if (startsLine && isAtLineStart(position)) {
			const definition = matchAt(DEFINITION, text, position);
			if (definition !== null) {
				addAtom(position, position + definition.length);
				return write({ output: '\\[', length: 1, isOpen: false });
			}
			if (text.length - position <= definitionLimit + 2 && matchAt(OPEN_DEFINITION, text, position) !== null) holdFrom(position);
		}
		push(1, false);
	}

	function push(length: number, isImage: boolean): void {
		openers.push({ position, outputIndex: output.length, isImage });
		keep(length);
	}

	function readClosing(): void {
		const opener = openers.pop();
		const isActive = opener !== undefined && (opener.isImage || openers.length >= activeFrom);
		activeFrom = Math.min(activeFrom, openers.length);
		if (opener === undefined || !isActive) return keep(1);
		if (text[position + 1] === undefined) holdFrom(opener.position);
		if (text[position + 1] !== '(') return keep(1);
		const isLabelTooLong = position - opener.position > labelLimit;
		const destination = isLabelTooLong ? ({ outcome: 'too-long' } as const) : readDestination(text, position + 1);
		if (destination.outcome === 'too-long') {
			addAtom(opener.position, position + 2);
			return write({ output: ']\\(', length: 2, isOpen: false });
		}
		if (destination.outcome === 'incomplete') holdFrom(opener.position);
		if (destination.outcome === 'link') closeLink(opener, destination.url, destination.end);
		else keep(1);
	}

	function closeLink(opener: Opener, url: string, end: number): void {
		const target = readTarget(url);
		const label = output.slice(opener.outputIndex + 1).join('');
		const isLink = target.isAllowed && label.trim() !== '';
		output[opener.outputIndex] = isLink ? '[' : '';
		addAtom(opener.position, end);
		let tail = label === '' ? codeOf(url) : url === '' ? '' : ` (${codeOf(url)})`;
		if (isLink) {
			const urlStart = text.indexOf(url, position + 2);
			tail = `](${text.slice(position + 2, urlStart)}${makeAddressSafe(url)}${makeTitleSafe(text.slice(urlStart + url.length, end))}`;
			if (target.hasUserInfo || namesAnotherHost(label, target.host)) tail += ` (${target.host})`;
			activeFrom = openers.length;
		}
		write({ output: tail, length: end - position, isOpen: false });
	}

	const readers: Record<string, () => void> = {
		'\\': readEscape,
		'`': readTicks,
		'<': readAngle,
		'&': readEntity,
		'@': () => write(readAt(text, position)),
		'!': () => (text[position + 1] === '[' ? push(2, true) : keep(1, text[position + 1] === undefined)),
		'[': readOpening,
		']': readClosing,
	};
	while (position < text.length) {
		SPECIAL.lastIndex = position;
		const next = SPECIAL.exec(text)?.index ?? text.length;
		if (next > position) keep(next - position);
		readers[text[position] ?? '']?.();
	}
	for (const [index, opener] of openers.entries()) {
		const isActive = opener.isImage || index >= activeFrom;
		if (isActive && text.length - opener.position <= labelLimit) holdFrom(opener.position);
	}
	return { output: output.join(''), atoms, stableLength };
}

function matchAt(pattern: RegExp, text: string, position: number): string | null {
	pattern.lastIndex = position;
	return pattern.exec(text)?.[0] ?? null;
}

/** An address shown instead of linked. */
function codeOf(url: string): string {
	return url === '' ? '' : `\`${makeCodeSafe(url.replace(/`/g, '%60').replace(/\s+/g, ' '))}\``;
}

/** Finds where a code span ends that `length` backticks open; asked from left to right, it walks through the text once. */
function createTickFinder(text: string): (length: number, from: number) => number | null {
	let runs: Map<number, number[]> | null = null;
	return (length, from) => {
		runs ??= readTickRuns(text);
		const starts = runs.get(length);
		while (starts !== undefined && (starts.at(-1) ?? from) < from) starts.pop();
		const start = starts?.at(-1);
		return start === undefined ? null : start + length;
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
			const lineStart = text.lastIndexOf('\n', position - 1) + 1;
			contentStart = lineStart + (matchAt(CONTAINER_MARKS, text, position === 0 ? 0 : lineStart)?.length ?? 0);
			const next = text.indexOf('\n', position);
			lineEnd = next < 0 ? text.length : next;
		}
		return position === contentStart;
	};
}
