/** OpenDocument text and presentations → blocks, read from their XML. */

import type { Archive } from './archive.ts';
import type { BlockList } from './block-list.ts';
import { Rejection } from './rejection.ts';
import { elementsOf, findAll, findFirst, readXml, type XmlElement, xmlText } from './xml.ts';

/** @returns the title of the document's properties. @throws Rejection `password`, `corrupt`. */
export async function readOpenDocument(archive: Archive, list: BlockList): Promise<string | null> {
	// Parts are encrypted one by one, within an archive that is not.
	if (/<manifest:encryption-data\b/.test((await archive.read('META-INF/manifest.xml')) ?? '')) throw new Rejection('password');
	const content = await archive.read('content.xml');
	const body = content === null ? undefined : findFirst(readXml(content), 'office:body');
	if (body === undefined) throw new Rejection('corrupt');
	const pages = findAll(body, 'draw:page');
	if (pages.length === 0) readFlow(body, null, list);
	for (const [index, page] of pages.entries()) readPage(page, index + 1, list);
	const properties = await archive.read('meta.xml');
	const title = properties === null ? undefined : findFirst(readXml(properties), 'dc:title');
	return title === undefined ? null : xmlText(title).trim() || null;
}

function readPage(page: XmlElement, number: number, list: BlockList): void {
	const title = findAll(page, 'draw:frame').find(({ attributes }) => attributes['presentation:class'] === 'title');
	if (title !== undefined) list.heading(1, inlineText(title), number);
	readFlow({ ...page, children: page.children.filter((child) => child !== title) }, number, list);
}

/** What is not text of the document: what was deleted and is kept for review, and remarks. */
const passedOver = new Set(['text:tracked-changes', 'office:annotation', 'office:forms', 'text:sequence-decls', 'svg:title']);

/** Depth first, without recursion. */
function readFlow(root: XmlElement, page: number | null, list: BlockList): void {
	const ahead = elementsOf(root).reverse();
	while (ahead.length > 0 && !list.isFull) {
		const element = ahead.pop();
		if (element !== undefined && !passedOver.has(element.name)) ahead.push(...readElement(element, page, list).reverse());
	}
}

/** @returns what is to be read next, where it is not text itself. */
function readElement(element: XmlElement, page: number | null, list: BlockList): XmlElement[] {
	switch (element.name) {
		case 'text:h':
			list.heading(Number(element.attributes['text:outline-level'] ?? 1) || 1, inlineText(element), page);
			return [];
		case 'text:p':
			list.paragraph(inlineText(element), page);
			return [];
		case 'text:list-item':
			return readItem(element, page, list);
		case 'table:table':
			readTable(element, page, list);
			return [];
		default:
			return elementsOf(element);
	}
}

/** Lists within an item come after its own text. */
function readItem(item: XmlElement, page: number | null, list: BlockList): XmlElement[] {
	const parts = elementsOf(item);
	const isText = ({ name }: XmlElement) => name === 'text:p' || name === 'text:h';
	const text = parts.filter(isText).map(inlineText).join('\n');
	if (text.trim() !== '') list.paragraph(`• ${text}`, page);
	return parts.filter((part) => !isText(part));
}

/** A cell may say that it is repeated to the end of the sheet. */
const mostRepeated = 50;

function readTable(table: XmlElement, page: number | null, list: BlockList): void {
	const headers = findAll(table, 'table:table-header-rows').flatMap((part) => findAll(part, 'table:table-row'));
	const rows = findAll(table, 'table:table-row');
	// Only one row can name columns.
	const [header] = headers.length > 0 ? headers : rows;
	const hasHeader = header !== undefined && rows.length > 1;
	list.table(hasHeader ? cellsOf(header) : [], rows.filter((row) => !hasHeader || row !== header).map(cellsOf), page);
}

function cellsOf(row: XmlElement): string[] {
	return elementsOf(row)
		.filter(({ name }) => name === 'table:table-cell' || name === 'table:covered-table-cell')
		.flatMap((cell) => {
			const times = Math.min(Number(cell.attributes['table:number-columns-repeated'] ?? 1) || 1, mostRepeated);
			const text = findAll(cell, 'text:p', 'text:h').map(inlineText).join('\n');
			return Array<string>(times).fill(text);
		});
}

/** Blanks and breaks are elements here; notes follow their mark in brackets. */
function inlineText(element: XmlElement): string {
	return xmlText(element, (part) => {
		switch (part.name) {
			case 'text:s':
				return ' ';
			case 'text:tab':
				return '\t';
			case 'text:line-break':
				return '\n';
			case 'text:note-citation':
				return '';
			case 'text:note-body':
				return ` (${findAll(part, 'text:p')
					.map((note) => xmlText(note))
					.join(' ')})`;
			case 'text:p':
				// In a frame.
				return ` ${xmlText(part)} `;
			default:
				return passedOver.has(part.name) ? '' : null;
		}
	});
}
