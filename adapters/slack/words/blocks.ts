/** Slack's blocks as words: whatever people see of them, in the order in which they see it. Pure. */

import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { decodeEntities, escapeMarkdown, escapeMrkdwn } from '../format/mrkdwn.ts';
import { nameControl, nameFile, nameImage, nameVideo } from './named.ts';
import { inLines, type Page } from './page.ts';
import { linkOf, readRichText } from './rich-text.ts';

type NodeReader = (node: Json, page: Page) => string;

/** Our own buttons and thumbs, by how their ids begin (`../format.ts`): they are no part of what a message says. */
const ownAction = /^openccb_/;

/**
 * Where words stand, in whatever kind of block or element, from the top to the bottom as they are shown. So a kind that is made tomorrow is
 * read as well, as long as it names things as all the others do.
 */
const shownFields = [
	'rich_text_title',
	'title',
	'subtitle',
	'caption',
	'icon',
	'hero_image',
	'text',
	'body',
	'label',
	'fields',
	'rows',
	'elements',
	'child_blocks',
	'tasks',
	'details',
	'output',
	'sources',
	'description',
	'element',
	'hint',
	'accessory',
	'actions',
	'button_label',
] as const;

function readBlocks(blocks: unknown, page: Page): string {
	return inLines(asObjects(blocks).map((block) => readNode(block, page)));
}

/**
 * Blocks are what people see of a message, and its text only what notifications say. Where blocks have no words of their own, as a picture
 * has none, the text goes before them.
 */
export function readBlocksOrText(blocks: unknown, readText: () => string, page: Page): string {
	const before = page.wordsSoFar();
	const shown = readBlocks(blocks, page);
	return page.wordsSoFar() > before ? shown : inLines([readText(), shown]);
}

/** Text that means nothing but itself: it may come with entities. */
export function plain(text: string, page: Page): string {
	return page.words(escapeMrkdwn(decodeEntities(text)));
}

const readers: ReadonlyMap<string, NodeReader> = new Map(
	Object.entries<NodeReader>({
		plain_text: ({ text }, page) => plain(textOf(text), page),
		mrkdwn: ({ text }, page) => page.words(textOf(text)),
		raw_text: ({ text }, page) => page.words(escapeMrkdwn(textOf(text))),
		raw_number: ({ text, value }, page) => page.words(escapeMrkdwn(textOf(text, typeof value === 'number' ? String(value) : ''))),
		markdown: ({ text }, page) => page.words(escapeMarkdown(textOf(text))),
		rich_text: readRichText,
		context: ({ elements }, page) =>
			asObjects(elements)
				.map((element) => readNode(element, page))
				.filter(Boolean)
				.join(' '),
		table: readTable,
		data_table: readTable,
		divider: () => '',
		image: nameImage,
		video: (block, page) => inLines([nameVideo(block, page), readNode(asObject(block['description']), page)]),
		file: ({ file }, page) => nameFile(asObject(file), page),
		call: ({ call }, page) => page.name('call', asObject(asObject(call)['v1'])['name']),
		url: ({ url, text }, page) => page.words(linkOf(textOf(url), textOf(text))),
	}),
);

/** Buttons and fields, by their type. */
const control = /button|select$|picker$|_input$|^(?:checkboxes|overflow)$/;

function readNode(value: unknown, page: Page): string {
	if (typeof value === 'string') return plain(value, page);
	if (Array.isArray(value)) return inLines(value.map((item) => readNode(item, page)));
	const node = asObject(value);
	if (ownAction.test(textOf(node['action_id']))) return '';
	return page.within(() => readKnown(node, page));
}

function readKnown(node: Json, page: Page): string {
	const type = textOf(node['type']);
	const read = readers.get(type);
	if (read !== undefined) return read(node, page);
	return control.test(type) ? nameControl(node, page) : readFields(node, type, page);
}

/** @returns what stands in all the fields that people see; what it is called when nothing does. */
function readFields(node: Json, type: string, page: Page): string {
	const names = node['rich_text_title'] === undefined ? shownFields : shownFields.filter((name) => name !== 'title');
	const fields = names.flatMap((name) => (node[name] === undefined ? [] : [readNode(node[name], page)]));
	const isEmptied = asObjects(node['elements']).some((element) => ownAction.test(textOf(element['action_id'])));
	const said = inLines(fields);
	if (said !== '' || type === '' || isEmptied) return said;
	return page.name(type.replaceAll('_', ' '), node['fallback']);
}

/** A row is a line, however its cells are made. */
function readTable({ caption, rows }: Json, page: Page): string {
	const cellsOf = (row: unknown) => (Array.isArray(row) ? row : []);
	const before = plain(textOf(caption), page);
	const lines = cellsOf(rows).map((row) => {
		const cells = cellsOf(row).map((cell) => readNode(cell, page).replace(/\s*\n\s*/g, ' '));
		return cells.some(Boolean) ? cells.join(' | ') : '';
	});
	return inLines([before, ...lines]);
}
