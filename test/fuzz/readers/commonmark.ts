/** Reads Markdown by the reference implementation of CommonMark, as it is or without constructs that a platform may not know. */

import { type Node, Parser } from 'commonmark';
import type { Read, Token } from './reading.ts';

export interface CommonmarkOptions {
	/** False for platforms that show tags as text. */
	html: boolean;
	/** False for readers that know no code, so that links within backticks live. */
	code: boolean;
}

/** The parts of the parser that its types do not name; `blockStarts` are functions that say which block begins at a line. */
interface OpenParser {
	blockStarts: ((parser: unknown, container: unknown) => number)[];
	inlineParser: { parseHtmlTag: () => boolean; parseBackticks: (block: unknown) => boolean };
}

/** The places of fences, HTML blocks and indented code in the parser's list. */
const fenceStart = 2;
const htmlStart = 3;
const indentedStart = 7;

export function createCommonmarkReader({ html, code }: CommonmarkOptions): Read {
	const parser = new Parser();
	const open = parser as unknown as OpenParser;
	const removed = [...(html ? [] : [htmlStart]), ...(code ? [] : [fenceStart, indentedStart])];
	open.blockStarts = open.blockStarts.filter((_start, index) => !removed.includes(index));
	if (!html) open.inlineParser.parseHtmlTag = () => false;
	// What is not read as code is read character by character: the parser then takes the backtick as text.
	if (!code) open.inlineParser.parseBackticks = () => false;
	return (text) => readTree(parser.parse(text));
}

function readTree(document: Node): Token[] {
	const tokens: Token[] = [];
	const walker = document.walker();
	for (let event = walker.next(); event !== null; event = walker.next()) {
		const { node, entering } = event;
		if (node.type === 'image') {
			if (entering) tokens.push({ kind: 'image', href: node.destination ?? '' });
		} else if (node.type === 'link') tokens.push(entering ? { kind: 'link', href: node.destination ?? '' } : { kind: 'link-end' });
		else tokens.push(...readLeaf(node));
	}
	return tokens;
}

const inlineContainers = new Set<Node['type']>(['emph', 'strong']);

function readLeaf(node: Node): Token[] {
	const literal = node.literal ?? '';
	switch (node.type) {
		case 'text':
			return [{ kind: 'text', text: literal }];
		case 'softbreak':
		case 'linebreak':
			return [{ kind: 'text', text: '\n' }];
		case 'code':
			return [{ kind: 'code', text: literal }];
		case 'code_block':
			return [{ kind: 'border' }, { kind: 'code', text: literal.replace(/\n$/, '') }, { kind: 'border' }];
		case 'html_inline':
		case 'html_block':
			return [{ kind: 'html', text: literal }];
		default:
			return inlineContainers.has(node.type) ? [] : [{ kind: 'border' }];
	}
}
