/** HTML → blocks: what a reader would see, in its order. Also what is made of Markdown, Word and e-mail on the way. */

import { Parser } from 'htmlparser2';
import type { BlockList } from './block-list.ts';
import { cleanWords } from './clean-text.ts';
import { createHtmlTable, type HtmlTable } from './html-table.ts';
import { Rejection } from './rejection.ts';

/** Ten times deeper than editors nest; the parser's time grows with the depth. */
const mostDepth = 10_000;

/** Nobody reads what they hold. `title` is taken by itself. */
const unread = new Set('script style noscript template svg math iframe object select textarea datalist audio video canvas'.split(' '));
/** They begin and end a line of their own. */
const lineElements = new Set(
	'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hr html legend li main nav ol p section summary ul'.split(
		' ',
	),
);

/** @returns the title that the page gives itself. */
export function readHtml(html: string, list: BlockList): string | null {
	const reader = createHtmlReader(list);
	const parser = new Parser(reader, { decodeEntities: true, recognizeSelfClosing: true });
	parser.write(html);
	parser.end();
	return reader.title();
}

interface OpenElement {
	name: string;
	isUnread: boolean;
}

function createHtmlReader(list: BlockList) {
	const open: OpenElement[] = [];
	const tables: HtmlTable[] = [];
	let unreadDepth = 0;
	let title = '';
	let isInTitle = false;
	let isCode = false;
	let line = '';

	function flush(): void {
		const text = line;
		line = '';
		if (text.trim() === '') return;
		const table = tables.at(-1);
		const heading = open.findLast(({ name }) => headingLevel(name) !== null);
		if (table !== undefined) table.text(`${text}\n`);
		else if (heading !== undefined) list.heading(headingLevel(heading.name) ?? 1, text);
		else if (isCode) list.code(text);
		else list.paragraph(text);
	}

	function enter(name: string, attributes: Readonly<Record<string, string>>): void {
		if (startsLine(name) || isTablePart(name)) flush();
		if (isTablePart(name)) enterTable(name, attributes);
		else if (name === 'br') line += '\n';
		else if (name === 'img') line += ` ${attributes['alt'] ?? ''} `;
		else if (name === 'li') line = '• ';
		else if (name === 'pre') isCode = true;
	}

	function enterTable(name: string, attributes: Readonly<Record<string, string>>): void {
		if (name === 'table') {
			tables.push(createHtmlTable());
		} else if (name === 'tr') {
			tables.at(-1)?.row();
		} else {
			tables.at(-1)?.cell(name === 'th', Number(attributes['colspan'] ?? 1));
		}
	}

	/** The element is still among those that are open. */
	function leave(name: string): void {
		if (startsLine(name) || isTablePart(name)) flush();
		if (name === 'pre') isCode = false;
		if (name === 'table') leaveTable();
	}

	/** A table within a cell becomes the cell's text: its own place would tear the outer one apart. */
	function leaveTable(): void {
		const table = tables.pop();
		const outer = tables.at(-1);
		if (table === undefined) return;
		if (outer !== undefined) outer.text(table.asText());
		else table.putInto(list);
	}

	return {
		title: () => cleanWords(title) || null,
		onopentag(name: string, attributes: Readonly<Record<string, string>>) {
			if (open.length > mostDepth) throw new Rejection('too-large');
			const isUnread = unread.has(name) || isHidden(attributes);
			open.push({ name, isUnread });
			if (name === 'title' && unreadDepth === 0 && title === '') isInTitle = true;
			if (isUnread) unreadDepth++;
			if (unreadDepth === 0) enter(name, attributes);
		},
		ontext(text: string) {
			if (isInTitle) title += text;
			else if (unreadDepth === 0) line += isCode ? text : text.replace(/\s+/g, ' ');
		},
		onclosetag(name: string) {
			if (name === 'title') isInTitle = false;
			if (unreadDepth === 0) leave(name);
			if (open.pop()?.isUnread === true) unreadDepth--;
		},
		onend: flush,
	};
}

function headingLevel(name: string): number | null {
	return /^h[1-6]$/.test(name) ? Number(name[1]) : null;
}

function startsLine(name: string): boolean {
	return lineElements.has(name) || name === 'pre' || headingLevel(name) !== null;
}

function isTablePart(name: string): boolean {
	return name === 'table' || name === 'tr' || name === 'td' || name === 'th';
}

/** What readers do not see is what others hide in a page for models. */
function isHidden(attributes: Readonly<Record<string, string>>): boolean {
	const style = attributes['style']?.replace(/\s+/g, '').toLowerCase() ?? '';
	return (
		'hidden' in attributes ||
		attributes['aria-hidden'] === 'true' ||
		/display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])|mso-hide:all/.test(style)
	);
}
