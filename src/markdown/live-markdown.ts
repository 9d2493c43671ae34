/** Finds what lives in a text as markdown-it reads all of it, without any knowledge of how the text was made. */

import MarkdownIt, { type Token } from 'markdown-it';
import type { FindLive, Stretch } from './last-reading.ts';
import { isLying } from './lying-link.ts';
import { readLineStarts } from './parser.ts';

export interface MarkdownDialect {
	/** Tags live, and what they take in does not: `refused` says that there must be none. */
	tags: 'text' | 'read' | 'refused';
	/** False for what shows code as any text. */
	code: boolean;
	/** Tables come before all else, and what would define a link is text, as GitHub's footnotes are. */
	tables: boolean;
	/** What would ping in the text that this reader shows, outside of code. */
	pings?: RegExp;
}

/** Without one of these there is neither a link, nor an image, nor a tag, nor anything that would ping. */
const SUSPECT = /\][([:]|!\[|<|&(?:lt|#)/i;
const TAG = /<[a-z/!?]/i;
/** The second line of a table, or the beginning of a footnote. */
const TABLE_OR_NOTE = /\n[ \t>|:-]*-|\[\^/;

/** How deep quotes, lists and brackets are read, which takes that much longer. What may be deeper is not, and counts as alive. */
export const nestingLimit = 100;

/** As much of a paragraph is looked at behind a link as a note with a host may take. */
const followingTokens = 20;

/** Every link that leads elsewhere than its label says, or not to the web or a mail address; every image, ping and tag. */
export function findLiveMarkdown(dialect: MarkdownDialect): FindLive {
	const parser = createParser(dialect);
	const differs = dialect.tables ? TABLE_OR_NOTE : dialect.tags === 'text' ? SUSPECT : TAG;
	return (text) => {
		if (!SUSPECT.test(text) || !differs.test(text)) return [];
		return [text, withoutInnerTabs(text)].filter((reading, index, all) => all.indexOf(reading) === index).flatMap(findIn);
	};

	function findIn(text: string): Stretch[] {
		const lineStarts = readLineStarts(text);
		const found: Stretch[] = [];
		let lines: [number, number] = [0, lineStarts.length - 1];
		for (const token of parser.parse(text, {})) {
			lines = token.map ?? lines;
			if (isAlive(token, dialect)) found.push([lineStarts[lines[0]] ?? 0, lineStarts[lines[1]] ?? text.length]);
		}
		return found;
	}
}

/** As readers have it to whom a tab within a link is no blank (commonmark.js): as long as the text itself. */
function withoutInnerTabs(text: string): string {
	return text.replace(/^(\s*)(.*\t.*)$/gm, (_line, indentation: string, rest: string) => indentation + rest.replaceAll('\t', '\u00A0'));
}

function createParser({ tags, code, tables }: MarkdownDialect): InstanceType<typeof MarkdownIt> {
	const parser = new MarkdownIt({ html: tags !== 'text', linkify: false, maxNesting: nestingLimit });
	parser.disable([tables ? 'reference' : 'table', 'strikethrough', ...(code ? [] : ['code', 'fence', 'backticks'])]);
	// Addresses are judged here, and as they are written.
	parser.validateLink = () => true;
	parser.normalizeLink = (url: string) => url;
	parser.normalizeLinkText = (url: string) => url;
	return parser;
}

function isAlive({ type, level, content, children }: Token, { tags, pings }: MarkdownDialect): boolean {
	// A list and its item are two levels.
	if (level >= nestingLimit - 3) return true;
	if (type === 'html_block') return tags === 'refused';
	if (type !== 'inline' || children === null) return false;
	if (depthOf(content) >= nestingLimit) return true;
	const text = shownBy(children.filter(({ type }) => type !== 'code_inline'));
	return (pings?.test(text) ?? false) || children.some((child, index) => isAliveInline(child, children, index, tags));
}

function isAliveInline(token: Token, tokens: readonly Token[], index: number, tags: MarkdownDialect['tags']): boolean {
	if (token.type === 'image') return true;
	if (token.type === 'html_inline') return tags === 'refused';
	if (token.type !== 'link_open') return false;
	let end = index + 1;
	while (end < tokens.length && tokens[end]?.type !== 'link_close') end++;
	const [label, following] = [shownBy(tokens.slice(index + 1, end)), shownBy(tokens.slice(end + 1, end + 1 + followingTokens))];
	return isLying({ href: String(token.attrGet('href') ?? ''), label, following });
}

/** The most brackets that are open at once. */
export function depthOf(content: string): number {
	let depth = 0;
	let deepest = 0;
	for (const [bracket] of content.matchAll(/[[\]]/g)) {
		depth = bracket === '[' ? depth + 1 : Math.max(depth - 1, 0);
		deepest = Math.max(deepest, depth);
	}
	return deepest;
}

/** Text and code as they are seen, without marks. */
function shownBy(tokens: readonly Token[]): string {
	return tokens
		.map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : /break$/.test(type) ? '\n' : ''))
		.join('');
}
