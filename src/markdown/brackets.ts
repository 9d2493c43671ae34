/** Reads links from left to right with the stack of brackets that are open, and writes only those that were checked. */

import { breakAddress, type LinkRule } from './bare-address.ts';
import { keep, matchAt, type Reading } from './inline-token.ts';
import { namesAnotherHost } from './label.ts';
import { readDestination, readHostNote, readTarget } from './link.ts';
import { makeAddressSafe, mentionBreak, toInertAddress } from './mention.ts';
import { unescapeMarkdown } from './parser.ts';

export interface BracketReader {
	/** Reads `[`, `]` or `!` ("CommonMark Spec", appendix on parsing). */
	read(position: number): Reading;
	/** Links hold no links: what lies around an address that is one already is none. */
	noteLink(): void;
	/** The first bracket that may still become a link. */
	openFrom(): number;
	/** Whether a bracket that begins a line may still begin a definition. */
	readonly mayDefine: boolean;
}

export interface BracketContext {
	text: string;
	/** What has been written so far; the place of a bracket is written again when its link turns out to be none. */
	output: string[];
	/** Whether other readers may take something else for code before the current position. */
	isDoubtful(): boolean;
	isLineStart(position: number): boolean;
	/** False where it is not even certain what belongs together: then nothing is a link. */
	mayLink: boolean;
	links: LinkRule | undefined;
}

/** Longest link label that is read. A longer one is shown, but not as a link. */
const labelLimit = 500;

/** In doubt about where a label begins, this much of what is before the link must not name another host. */
const doubtfulCharacters = 1_000;

/** Longest label of a link definition ("CommonMark Spec", link reference definitions). */
const definitionLimit = 999;

const DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){1,999}\]:/y;
const OPEN_DEFINITION = /\[(?:\\[\s\S]|[^[\]\\]){0,999}(?:\\|\])?$/y;

const ORDINARY_TITLE = /^ "[\p{L}\p{N} .,;:()-]*"$/u;

/** A bracket that ends no label. */
const disarmed: Reading = { output: `]${mentionBreak}`, length: 1 };

interface Opener {
	position: number;
	/** Where its bracket is in the output. */
	outputIndex: number;
	isImage: boolean;
}

export function createBracketReader({ text, output, isDoubtful, isLineStart, mayLink, links }: BracketContext): BracketReader {
	const openers: Opener[] = [];
	/** Openers below this one lie around a link, and links hold no links. */
	let activeFrom = 0;
	/** The bracket at a line's beginning that may yet begin a definition, when what is refused within it has gone. */
	let lineOpener: Opener | undefined;

	/** A bracket that comes to stand behind an exclamation mark would begin an image. */
	function open(position: number, isImage: boolean, openFrom?: number): Reading {
		openers.push({ position, outputIndex: output.length, isImage });
		const gap = isImage || text[position - 1] === '!' ? mentionBreak : '';
		const reading: Reading = { output: `${isImage ? '!' : ''}${gap}[`, length: isImage ? 2 : 1 };
		return openFrom === undefined ? reading : { ...reading, openFrom };
	}

	function readOpening(position: number): Reading {
		if (!isLineStart(position)) return open(position, false);
		const definition = matchAt(DEFINITION, text, position);
		if (definition !== null) return { output: '\\[', length: 1, atom: [position, position + definition.length] };
		const mayBeDefinition = text.length - position <= definitionLimit + 2 && matchAt(OPEN_DEFINITION, text, position) !== null;
		const reading = open(position, false, mayBeDefinition ? position : undefined);
		lineOpener ??= openers.at(-1);
		return reading;
	}

	function openImage(position: number): Reading {
		const reading = open(position, true);
		if (isLineStart(position)) lineOpener ??= openers.at(-1);
		return reading;
	}

	/** The bracket that this one closes, or null where that makes no link. */
	function close(next: string | undefined): Opener | null {
		const opener = openers.pop();
		const isActive = openers.length >= activeFrom;
		activeFrom = Math.min(activeFrom, openers.length);
		if (next !== ':' && opener === lineOpener) lineOpener = undefined;
		return opener !== undefined && isActive ? opener : null;
	}

	function readClosing(position: number): Reading {
		const next = text[position + 1];
		const opener = close(next);
		switch (next) {
			case undefined:
				return keep(text, position, 1, opener?.position ?? position);
			case '(':
				return opener !== null && mayLink ? readLink(opener, position) : disarmed;
			case ':':
				return lineOpener === undefined ? keep(text, position, 1) : disarmed;
			default:
				return keep(text, position, 1);
		}
	}

	function readLink(opener: Opener, position: number): Reading {
		const isLabelTooLong = position - opener.position > labelLimit;
		const destination = isLabelTooLong ? ({ outcome: 'too-long' } as const) : readDestination(text, position + 1);
		if (destination.outcome === 'link') return closeLink(opener, position, destination.url, destination.end);
		// Nobody looked at where it leads, so it must not be a link.
		if (destination.outcome === 'too-long') return { output: ']\\(', length: 2, atom: [opener.position, position + 2] };
		return destination.outcome === 'incomplete' ? { ...disarmed, openFrom: opener.position } : disarmed;
	}

	function closeLink(opener: Opener, position: number, url: string, end: number): Reading {
		const address = makeAddressSafe(url);
		const target = readTarget(address);
		const label = output.slice(opener.outputIndex + 1).join('');
		const isKnown = links === undefined || links(unescapeMarkdown(address));
		const isLink = target.isAllowed && isKnown && isSeen(label);
		output[opener.outputIndex] = isLink ? openingOf(opener) : gapBefore(opener, label);
		const found = { length: end - position, atom: [opener.position, end] satisfies [number, number] };
		if (!isLink) return { ...found, output: showRefused(url, label, text[opener.position - 1] ?? ' ') };
		activeFrom = openers.length;
		const link = writeTarget(text.slice(position + 2, end - 1), url, address);
		const isWhatItSays = label === url || `mailto:${label}` === url;
		if (!target.hasUserInfo && (isWhatItSays || !mayNameAnother(label, target.host))) return { ...found, output: link };
		const { note, ...openFrom } = readHostNote(text, end, target.host);
		return { ...found, output: `${link}${note}`, ...openFrom };
	}

	function openingOf({ position }: Opener): string {
		return text[position - 1] === '!' ? `${mentionBreak}[` : '[';
	}

	/** In place of the bracket of a refused link, whose label must not make one address with what stands before it. */
	function gapBefore({ outputIndex }: Opener, label: string): string {
		if (links === undefined) return mentionBreak;
		const before = lastWordOf(output, outputIndex);
		return /[^\s(["'«“]$/.test(before) && /[.:/@]/.test(before + label) ? ' ' : mentionBreak;
	}

	function mayNameAnother(label: string, host: string): boolean {
		return namesAnotherHost(label, host) || (isDoubtful() && namesAnotherHost(endOf(output, doubtfulCharacters), host));
	}

	/** Where nothing but the label is left, which must not make one address with what stands behind it. */
	function gapBehind(label: string): string {
		return label === '' || links === undefined ? mentionBreak : ' ';
	}

	/** An address shown instead of linked: as code, unless its backticks might meet others. What follows is set apart from it. */
	function showRefused(url: string, label: string, before: string): string {
		const address = toInertAddress(url);
		if (address.trim() === '') return gapBehind(label);
		const isApart = label !== '' || /[\s|]/.test(before);
		const broken = links === undefined ? address : breakAddress(address);
		const shown = isDoubtful() || !isApart ? broken : `\`${address}\``;
		const gap = label === '' || /\/\/|www\./i.test(address) ? ' ' : '';
		return `${label === '' ? shown : ` (${shown})`}${gap}`;
	}

	return {
		read(position) {
			if (text[position] === '[') return readOpening(position);
			if (text[position] === ']') return readClosing(position);
			const next = text[position + 1];
			return next === '[' ? openImage(position) : keep(text, position, 1, next === undefined ? position : undefined);
		},
		noteLink() {
			activeFrom = openers.length;
		},
		openFrom() {
			const isOpen = ({ position }: Opener, index: number) => index >= activeFrom && text.length - position <= labelLimit;
			return openers.find(isOpen)?.position ?? text.length;
		},
		get mayDefine() {
			return lineOpener !== undefined;
		},
	};
}

/**
 * Readers differ about what a title may hold and about the blank space before it and the address: only an ordinary title stays, and blank
 * space does not. @param between What the parentheses held.
 */
function writeTarget(between: string, url: string, address: string): string {
	const start = between.indexOf(url);
	const isAngled = between[start - 1] === '<';
	const title = between.slice(start + url.length + (isAngled ? 1 : 0));
	const kept = ORDINARY_TITLE.test(title) ? title : '';
	return isAngled ? `](<${address}>${kept})` : `](${address}${kept})`;
}

/** What has been written since the last blank before this piece, as much of it as an address may be. */
function lastWordOf(output: readonly string[], end: number): string {
	let word = '';
	for (let index = end - 1; index >= 0 && word.length < doubtfulCharacters && !/\s/.test(word); index--) word = output[index] + word;
	return /\S*$/.exec(word.slice(-doubtfulCharacters))?.[0] ?? '';
}

/** The last characters of what has been written. */
function endOf(output: readonly string[], characters: number): string {
	let length = 0;
	const first = output.findLastIndex((piece) => {
		length += piece.length;
		return length >= characters;
	});
	return output.slice(Math.max(first, 0)).join('').slice(-characters);
}

/** Whether a label has anything in it that can be seen and pressed. */
function isSeen(label: string): boolean {
	return label.replace(/[\s*_~]|\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, '') !== '';
}
