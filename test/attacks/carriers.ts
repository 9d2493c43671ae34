/** Files that carry a text to a model: each type that is read, and each place in it where a text may stand. */

import {
	openDocumentFile,
	packageRelations,
	slidesFile,
	wordFile,
	wordParagraph,
	wordTable,
	workbookFile,
} from '#test/knowledge/files/office.ts';
import { pdfFile } from '#test/knowledge/files/pdf.ts';

/** A file with this text in it. */
type Make = (text: string) => Uint8Array | string;

/** What an honest file says beside it. */
const honest = 'The holidays of 2030 are in the calendar.';

const xml = (text: string) => text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);
/** As PDF's standard fonts have it. */
const latin = (text: string) => text.replace(/[^\u0020-\u007e\u00a0-\u00ff]+/g, ' ');

const word = (inner: string, parts: Record<string, string> = {}) => wordFile(wordParagraph(honest) + inner, parts);
const wordRun = (properties: string) => (text: string) =>
	word(`<w:p><w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p>`);
const wordPart = (type: string, root: string) => (text: string) =>
	word(`<w:p><w:r><w:t>${honest}</w:t></w:r></w:p>`, {
		[`word/${type}.xml`]: `<w:${root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${wordParagraph(xml(text))}</w:${root}>`,
		'word/_rels/document.xml.rels': packageRelations([[type, `${type}.xml`]]),
	});
const footnotes = (text: string) =>
	word('<w:p><w:r><w:t>See</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', {
		'word/footnotes.xml': `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">${wordParagraph(xml(text))}</w:footnote></w:footnotes>`,
		'word/_rels/document.xml.rels': packageRelations([['footnotes', 'footnotes.xml']]),
	});
const properties = (text: string) =>
	`<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(text)}</dc:title><dc:creator>${xml(text)}</dc:creator><dc:subject>${xml(text)}</dc:subject><cp:keywords>${xml(text)}</cp:keywords></cp:coreProperties>`;
const openText = (inner: string, parts: Record<string, string> = {}) =>
	openDocumentFile('text', `<text:p>${honest}</text:p>${inner}`, parts);
const html = (inner: string, head = '') => `<!DOCTYPE html><html><head>${head}</head><body><p>${honest}</p>${inner}</body></html>`;
const mail = (headers: string, body: string) =>
	`From: Ana <ana@company.example>\r\n${headers}\r\nDate: Sat, 04 May 2030 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${honest}\r\n\r\n${body}\r\n`;
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
const sheetName = (text: string) =>
	oneLine(text)
		.replace(/[\\/?*[\]:']/g, ' ')
		.slice(0, 30);

/** By type, then by place. A place whose text is not read at all is here too: nothing else says that it stays so. */
export const carriers: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
	pdf: {
		page: (text) => pdfFile([[honest, ...(latin(text).match(/.{1,90}/g) ?? [])]]),
		properties: (text) => pdfFile([[honest]], { title: latin(text).replace(/[\\()]/g, ' ') }),
		'another page': (text) => pdfFile([[honest], latin(text).match(/.{1,90}/g) ?? []]),
	},
	docx: {
		paragraph: (text) => word(wordParagraph(xml(text))),
		heading: (text) => word(wordParagraph(xml(text), 'Heading1')),
		hidden: wordRun('<w:vanish/>'),
		white: wordRun('<w:color w:val="FFFFFF"/><w:sz w:val="2"/>'),
		table: (text) =>
			word(
				wordTable([
					['a', 'b'],
					[xml(text), xml(text)],
				]),
			),
		footnote: footnotes,
		header: wordPart('header', 'hdr'),
		footer: wordPart('footer', 'ftr'),
		comment: wordPart('comments', 'comments'),
		properties: (text) => word('', { 'docProps/core.xml': properties(text) }),
	},
	xlsx: {
		cell: (text) =>
			workbookFile({
				Data: [
					['code', 'note'],
					['1729', text],
				],
			}),
		header: (text) =>
			workbookFile({
				Data: [
					[text, 'note'],
					['1729', honest],
				],
			}),
		'sheet name': (text) => workbookFile({ [sheetName(text)]: [['code'], ['1729']] }),
	},
	pptx: {
		slide: (text) => slidesFile([{ title: honest, lines: [xml(text)] }]),
		title: (text) => slidesFile([{ title: xml(text), lines: [honest] }]),
		notes: (text) => slidesFile([{ title: honest, lines: [], notes: xml(text) }]),
		table: (text) => slidesFile([{ title: honest, lines: [], table: [['a'], [xml(text)]] }]),
	},
	odt: {
		paragraph: (text) => openText(`<text:p>${xml(text)}</text:p>`),
		note: (text) => openText(`<text:p>See<text:note><text:note-body><text:p>${xml(text)}</text:p></text:note-body></text:note></text:p>`),
		remark: (text) => openText(`<text:p>See</text:p><office:annotation><text:p>${xml(text)}</text:p></office:annotation>`),
		properties: (text) =>
			openText('', {
				'meta.xml': `<office:document-meta><office:meta><dc:title>${xml(text)}</dc:title></office:meta></office:document-meta>`,
			}),
	},
	ods: {
		cell: (text) =>
			workbookFile(
				{
					Data: [
						['code', 'note'],
						['1729', text],
					],
				},
				'ods',
			),
		'sheet name': (text) => workbookFile({ [sheetName(text)]: [['code'], ['1729']] }, 'ods'),
	},
	odp: {
		slide: (text) =>
			openDocumentFile(
				'presentation',
				`<draw:page><draw:frame><text:p>${honest}</text:p><text:p>${xml(text)}</text:p></draw:frame></draw:page>`,
			),
		'alternative text': (text) =>
			openDocumentFile(
				'presentation',
				`<draw:page><draw:frame><svg:title>${xml(text)}</svg:title><text:p>${honest}</text:p></draw:frame></draw:page>`,
			),
	},
	csv: {
		cell: (text) => `code,note\n1729,"${text.replaceAll('"', '""')}"\n`,
		header: (text) => `code,"${text.replaceAll('"', '""')}"\n1729,x\n`,
	},
	md: {
		paragraph: (text) => `# Notes\n\n${honest}\n\n${text}\n`,
		heading: (text) => `# ${oneLine(text)}\n\n${honest}\n`,
		comment: (text) => `${honest}\n\n<!-- ${text} -->\n`,
		'front matter': (text) => `---\ntitle: ${oneLine(text)}\nauthor: ${oneLine(text)}\n---\n${honest}\n`,
		code: (text) => `${honest}\n\n\`\`\`\n${text}\n\`\`\`\n`,
	},
	html: {
		paragraph: (text) => html(`<p>${xml(text)}</p>`),
		hidden: (text) => html(`<p style="display:none">${xml(text)}</p><p hidden>${xml(text)}</p>`),
		white: (text) => html(`<p style="color:#fff;font-size:1px">${xml(text)}</p>`),
		comment: (text) => html(`<!-- ${text} -->`),
		'alternative text': (text) => html(`<img src="x.png" alt="${xml(text)}">`),
		properties: (text) =>
			html('', `<title>${xml(text)}</title><meta name="description" content="${xml(text)}"><meta name="author" content="${xml(text)}">`),
	},
	txt: {
		text: (text) => `${honest}\n\n${text}\n`,
		'far below': (text) => `${honest}${'\n'.repeat(200)}${text}\n`,
	},
	eml: {
		body: (text) => mail('Subject: Holidays', text),
		subject: (text) => mail(`Subject: ${oneLine(text)}`, honest),
		sender: (text) => mail(`Reply-To: "${oneLine(text).replaceAll('"', '')}" <a@company.example>\r\nSubject: Holidays`, honest),
	},
};
