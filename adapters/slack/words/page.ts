/** What one message may take up while it is read: so many characters, pieces and levels. Where it is cut, brackets say so. */

import { toDisplayName } from '#src/platform/display-name.ts';
import { textOf } from '#src/platform/untrusted-json.ts';
import { decodeEntities, escapeMrkdwn } from '../format/mrkdwn.ts';

/** Everything that is read comes in Slack's own text form, so that mentions, links and entities are decoded in one place. */
export interface Page {
	/** Names that Slack itself gives beside ids in the texts that go with blocks, by id. */
	labels: ReadonlyMap<string, string>;
	/** As much of these words as there is room for. @param source In mrkdwn. */
	words(source: string): string;
	/** Something that is no text, by what it is and what it is called: `[image: chart.png]`. */
	name(kind: string, label?: unknown): string;
	/** What lies one level deeper; a note in its place where that is too deep. */
	within(read: () => string): string;
	/** How many pieces of words there were so far; names are none. */
	wordsSoFar(): number;
}

/** A message has 40,000 characters at most ("chat.postMessage"), a few of which are written as `&amp;`. What is longer is nobody's. */
const mostCharacters = 60_000;
/** A table has 2,000 cells ("Table block"), each of four pieces when it is rich text; 49 other blocks may stand beside it. */
const mostPieces = 20_000;
/** The deepest that Slack's types know: a list in a rich text in a container of a message that was forwarded twice. */
const mostDepth = 20;
/** The longest names are descriptions of pictures, 2,000 characters ("Image block"). This is enough to know what they show. */
const nameCharacters = 300;

const tooLong = '[the rest is too long to be read]';
const tooDeep = '[more within is nested too deep to be read]';

export function createPage(labels: ReadonlyMap<string, string> = new Map()): Page {
	let charactersLeft = mostCharacters;
	let piecesLeft = mostPieces;
	let depth = 0;
	let wordsSoFar = 0;
	let isFull = false;

	function write(source: string): string {
		if (isFull || source === '') return '';
		piecesLeft--;
		if (source.length > charactersLeft || piecesLeft <= 0) return fill(source.slice(0, charactersLeft).toWellFormed());
		charactersLeft -= source.length;
		return source;
	}

	/** The last that is read. */
	function fill(beginning: string): string {
		isFull = true;
		return `${beginning}… ${tooLong}`;
	}

	return {
		labels,
		words(source) {
			if (source.trim() !== '') wordsSoFar++;
			return write(source);
		},
		name: (kind, label) => write(nameOf(kind, label)),
		within(read) {
			if (isFull) return '';
			if (depth >= mostDepth) return write(tooDeep);
			piecesLeft--;
			if (piecesLeft <= 0) return fill('');
			depth++;
			const text = read();
			depth--;
			return text;
		},
		wordsSoFar: () => wordsSoFar,
	};
}

/** All that was read of a page, with the marks of lists, quotes and tables, which no page counts. */
export function cutToPage(source: string): string {
	return source.length <= mostCharacters + tooLong.length + 2 ? source : `${source.slice(0, mostCharacters).toWellFormed()}… ${tooLong}`;
}

/** On one line, and with no other brackets in it. */
function nameOf(kind: string, label: unknown): string {
	const line = toDisplayName(decodeEntities(textOf(label)), nameCharacters)
		.replaceAll('[', '(')
		.replaceAll(']', ')');
	return escapeMrkdwn(line === '' ? `[${kind}]` : `[${kind}: ${line}]`);
}

/** What is not empty, one below the other. */
export function inLines(texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join('\n');
}
