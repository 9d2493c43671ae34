/** Markdown's block structure, and nothing but that: which lines form a paragraph, a list, a fence, a table. */

import MarkdownIt, { type Token } from 'markdown-it';
import { readTable } from './table-rule.ts';

/**
 * Block rules only. No `code`: text that happens to be indented is read as text, which keeps its links checked. No `reference`:
 * definitions stay visible text. No `html_block`: HTML is text. Deeper nesting than `maxNesting` is not looked into.
 */
const parser = new MarkdownIt({ html: false, maxNesting: 100 });
parser.core.ruler.enableOnly(['block']);
parser.block.ruler.disable(['code', 'reference', 'html_block']);
parser.block.ruler.at('table', readTable, { alt: ['paragraph', 'reference'] });

/**
 * The block tokens of a Markdown text. `map` of a token counts lines of `source`, whose only line break is `\n`; the tokens of
 * nested blocks follow those of their container.
 */
export function readBlockTokens(source: string): Token[] {
	return parser.parse(source, {});
}

/** Decodes the backslash escapes and character references of a link destination or label. */
export function unescapeMarkdown(text: string): string {
	return parser.utils.unescapeAll(text);
}

/** Where each line of a text begins, and the length of the text as the last entry. */
export function readLineStarts(source: string): number[] {
	const starts = [0];
	for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
	if (starts.at(-1) !== source.length) starts.push(source.length);
	return starts;
}
