/** Markdown → blocks, by way of HTML. */

import MarkdownIt from 'markdown-it';
import type { BlockList } from './block-list.ts';
import { readHtml } from './html.ts';
import { readPlainText } from './plain-text.ts';

/** HTML in it is read as such: what it hides is hidden. */
const parser = new MarkdownIt({ html: true, linkify: false });

const frontMatter = /^\ufeff?---[^\S\n]*\n([\s\S]{0,10000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;

/** @returns the title of the front matter. The rest of it is about the file, and no text of it. */
export function readMarkdown(text: string, list: BlockList): string | null {
	const lines = text.replace(/\r\n?/g, '\n');
	const [whole = '', facts = ''] = frontMatter.exec(lines) ?? [];
	readHtml(parser.render(lines.slice(whole.length)), list);
	// Nested deeper than it looks, or nothing but marks.
	if (list.blocks.length === 0) readPlainText(lines, list);
	return /^title:[^\S\n]*["']?(.+?)["']?[^\S\n]*$/im.exec(facts)?.[1] ?? null;
}
