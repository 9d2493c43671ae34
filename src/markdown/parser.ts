/** Markdown's block structure, and nothing but that: which lines form a paragraph, a list, a fence, a table. */

import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';
import { readAnyTable, readPlainTable, readTable } from './table-rule.ts';

const everyTable = createParser(readTable);
const plainTables = createParser(readPlainTable);
/** As other readers have it: text that is indented is code, and a table is one or is a paragraph. */
const otherReaders = [
	createParser(readTable, ['reference', 'html_block']),
	createParser(readAnyTable, ['reference', 'html_block']),
	createParser(readTable, ['reference', 'html_block', 'table']),
];

/** Deeper nesting of quotes and lists is not looked into; readers differ in how deep they look. */
const nestingLimit = 100;

/**
 * The block tokens of a Markdown text. `map` of a token counts lines of `source`, whose only line break is `\n`; the tokens of
 * nested blocks follow those of their container.
 */
export function readBlockTokens(source: string): Token[] {
	return everyTable.parse(source, {});
}

/**
 * The same, but a table that follows a paragraph without a blank line counts as part of it unless its first row begins with a
 * bar: so every line but those tells by its first characters whether it begins a block.
 */
export function readTopLevelTokens(source: string): Token[] {
	return plainTables.parse(source, {}).filter((token) => token.level === 0);
}

/** The block tokens of the same text for readers of plain CommonMark and of GitHub's dialect. */
export function readOtherTokens(source: string): Token[][] {
	return otherReaders.map((parser) => parser.parse(source, {}));
}

/** Whether what lies within a token is nested too deep to be read. */
export function isTooDeep({ level }: Token): boolean {
	// A list takes two levels.
	return level >= nestingLimit - 3;
}

/** Decodes the backslash escapes and character references of a link destination or label. */
export function unescapeMarkdown(text: string): string {
	return everyTable.utils.unescapeAll(text);
}

/** Where each line of a text begins, and the length of the text as the last entry. */
export function readLineStarts(source: string): number[] {
	const starts = [0];
	for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
	if (starts.at(-1) !== source.length) starts.push(source.length);
	return starts;
}

type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;

/**
 * Block rules only. No `code`: text that happens to be indented is read as text, which keeps its links checked. No `reference`:
 * definitions stay visible text. No `html_block`: HTML is text.
 */
function createParser(tableRule: BlockRule, disabled = ['code', 'reference', 'html_block']): InstanceType<typeof MarkdownIt> {
	const parser = new MarkdownIt({ html: false, maxNesting: 100 });
	parser.core.ruler.enableOnly(['block']);
	parser.block.ruler.at('table', tableRule, { alt: ['paragraph', 'reference'] });
	parser.block.ruler.disable(disabled);
	return parser;
}
