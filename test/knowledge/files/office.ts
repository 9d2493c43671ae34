/** Office files made of their parts, as small as readers take them. */

import { CFB, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';

export type Parts = Readonly<Record<string, string | Uint8Array>>;

export function zipFile(parts: Parts): Uint8Array {
	return zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part])));
}

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** @param body the paragraphs and tables, with the prefix `w:`. */
export function wordFile(body: string, parts: Parts = {}): Uint8Array {
	return zipFile({
		'[Content_Types].xml':
			'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
		'_rels/.rels': packageRelations([['officeDocument', 'word/document.xml']]),
		'word/document.xml': `<w:document xmlns:w="${word}" xmlns:r="${relations}"><w:body>${body}</w:body></w:document>`,
		...parts,
	});
}

export function wordParagraph(text: string, style?: string): string {
	const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
	return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function wordTable(rows: readonly (readonly string[])[]): string {
	const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('');
	return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

/** @param list type, target and, where it is not `rId` and the place in the list, the id. */
export function packageRelations(list: readonly (readonly [type: string, target: string])[]): string {
	const items = list.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${relations}/${type}" Target="${target}"/>`);
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}

export interface SlideParts {
	title: string;
	lines: readonly string[];
	table?: readonly (readonly string[])[];
	notes?: string;
}

/** The files are named against the order of the slides. */
export function slidesFile(slides: readonly SlideParts[]): Uint8Array {
	const fileOf = (at: number) => slides.length - at;
	const parts: Record<string, string> = {
		'[Content_Types].xml': '<Types/>',
		'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
		'ppt/_rels/presentation.xml.rels': packageRelations(slides.map((_, at) => ['slide', `slides/slide${fileOf(at)}.xml`])),
	};
	for (const [at, { title, lines, table = [], notes }] of slides.entries()) {
		const rows = table
			.map((row) => `<a:tr>${row.map((cell) => `<a:tc><a:txBody>${run(cell)}</a:txBody></a:tc>`).join('')}</a:tr>`)
			.join('');
		const frame = rows === '' ? '' : `<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>${rows}</a:tbl></p:graphicFrame>`;
		parts[`ppt/slides/slide${fileOf(at)}.xml`] =
			`<p:sld><p:cSld><p:spTree>${shape('title', [title])}${shape('body', lines)}${frame}</p:spTree></p:cSld></p:sld>`;
		if (notes === undefined) continue;
		parts[`ppt/notesSlides/notesSlide${at}.xml`] = `<p:notes>${shape('body', [notes])}${shape('sldNum', [String(at)])}</p:notes>`;
		parts[`ppt/slides/_rels/slide${fileOf(at)}.xml.rels`] = packageRelations([['notesSlide', `../notesSlides/notesSlide${at}.xml`]]);
	}
	return zipFile(parts);
}

const run = (text: string) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;

function shape(placeholder: string, lines: readonly string[]): string {
	return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr><p:txBody>${lines.map(run).join('')}</p:txBody></p:sp>`;
}

export function openDocumentFile(kind: 'text' | 'presentation', body: string, parts: Parts = {}): Uint8Array {
	return zipFile({
		mimetype: `application/vnd.oasis.opendocument.${kind}`,
		'content.xml': `<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
		'META-INF/manifest.xml': '<manifest:manifest/>',
		...parts,
	});
}

export type Sheets = Readonly<Record<string, readonly (readonly unknown[])[] | WorkSheet>>;

export function workbookFile(sheets: Sheets, bookType: 'xlsx' | 'xlsm' | 'xlsb' | 'xls' | 'ods' = 'xlsx'): Uint8Array {
	const workbook: WorkBook = utils.book_new();
	for (const [name, rows] of Object.entries(sheets)) {
		const isRows = Array.isArray(rows);
		utils.book_append_sheet(workbook, isRows ? utils.aoa_to_sheet(rows as unknown[][], { UTC: true }) : (rows as WorkSheet), name);
	}
	return new Uint8Array(write(workbook, { type: 'buffer', bookType, compression: true }));
}

/** The container of Office before 2007, with nothing but these streams. */
export function compoundFile(streams: Parts): Uint8Array {
	const file = CFB.utils.cfb_new();
	for (const [name, content] of Object.entries(streams))
		CFB.utils.cfb_add(file, name, typeof content === 'string' ? strToU8(content) : content);
	return new Uint8Array(CFB.write(file, { type: 'buffer' }));
}

/** Word 97: a file information block, text of one byte a character, and a table of one piece ("[MS-DOC]", FibBase, Clx). */
export function oldWordFile(text: string): Uint8Array {
	const textAt = 0x400;
	const stream = Buffer.alloc(0x1000 + text.length);
	stream.writeUInt16LE(0xa5ec, 0);
	stream.writeUInt32LE(textAt, 0x18);
	stream.writeUInt32LE(text.length, 0x4c);
	stream.write(text, textAt, 'latin1');
	const table = Buffer.alloc(0x1000);
	table.writeUInt8(2, 0);
	table.writeUInt32LE(16, 1);
	table.writeUInt32LE(text.length, 9);
	// The second highest bit: one byte a character, at half the place.
	table.writeUInt32LE(((textAt * 2) | 0x40000000) >>> 0, 15);
	return compoundFile({ WordDocument: stream, '0Table': table });
}
