/** Files of Word, Excel, PowerPoint and their OpenDocument counterparts. */

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
	oldWordFile,
	openDocumentFile,
	packageRelations,
	slidesFile,
	wordFile,
	wordParagraph,
	wordTable,
	workbookFile,
	zipFile,
} from '../files/office.ts';
import { parsed } from '../files/parsed.ts';

describe('Word', () => {
	it('has headings by style, also by names that other languages give them, and tables with their header', async () => {
		const file = wordFile(
			wordParagraph('Vacaciones', 'Ttulo1') +
				wordParagraph('Hay 23 días.') +
				wordParagraph('Details', 'Heading2') +
				wordTable([
					['Item', 'Price'],
					['Laptop', '900'],
				]),
		);
		expect(await parsed('a.docx', file)).toEqual(['# Vacaciones', 'Hay 23 días.', '## Details', '[Item, Price] Laptop, 900']);
	});

	it('keeps a note where it is referred to', async () => {
		const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
		const file = wordFile(
			'<w:p><w:r><w:t>Leave ends.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t>Next.</w:t></w:r></w:p>',
			{
				'word/_rels/document.xml.rels': packageRelations([['footnotes', 'footnotes.xml']]),
				'word/footnotes.xml': `<w:footnotes ${namespace}><w:footnote w:id="2">${wordParagraph('Except in May.')}</w:footnote></w:footnotes>`,
			},
		);
		expect(await parsed('a.docx', file)).toEqual(['Leave ends. (Except in May.)', 'Next.']);
	});

	it('does not read a file of the machine that it links to', async () => {
		const picture = '<w:p><w:r><w:drawing><a:blip r:link="rId1"/></w:drawing><w:t>Text</w:t></w:r></w:p>';
		const file = wordFile(picture, { 'word/_rels/document.xml.rels': packageRelations([['image', 'file:///etc/passwd']]) });
		expect(await parsed('a.docx', file)).toEqual(['Text']);
	});
});

describe('Word until 2003', () => {
	it('is its paragraphs', async () => {
		expect(await parsed('a.doc', oldWordFile('Vacaciones\rHay 23 días.\r'))).toEqual(['Vacaciones', 'Hay 23 días.']);
	});
});

describe('a workbook', () => {
	const day = new Date(Date.UTC(2026, 2, 5));
	const sheets = {
		Ventas: [['Informe'], ['Fecha', 'Cliente', 'Importe'], [day, 'Acme', 1234.5], [], [day, 'Beta', 7]],
		Otros: [
			['A', 'B', null, 'C', 'D'],
			[1, 2, null, 3, 4],
		],
	};

	it.each(['xlsx', 'xlsm', 'xlsb', 'xls', 'ods'] as const)('is a heading for each sheet and its tables: .%s', async (type) => {
		expect(await parsed(`a.${type}`, workbookFile(sheets, type))).toEqual([
			'# Ventas',
			'Informe',
			'[Fecha, Cliente, Importe] 3/5/26 (2026-03-05), Acme, 1234.5',
			// A blank row does not end what the header says.
			'[Fecha, Cliente, Importe] 3/5/26 (2026-03-05), Beta, 7',
			'# Otros',
			'[A, B] 1, 2',
			'[C, D] 3, 4',
		]);
	});

	it('has a header of two rows where names go over several columns', async () => {
		const file = workbookFile({
			S: {
				'!ref': 'A1:C3',
				A1: { t: 's', v: 'Plant' },
				B1: { t: 's', v: '2026' },
				B2: { t: 's', v: 'Plan' },
				C2: { t: 's', v: 'Done' },
				A3: { t: 's', v: 'Madrid' },
				B3: { t: 'n', v: 1 },
				C3: { t: 'n', v: 2 },
				'!merges': [{ s: { r: 0, c: 1 }, e: { r: 0, c: 2 } }],
			},
		});
		expect(await parsed('a.xlsx', file)).toEqual(['# S', '[Plant, 2026 / Plan, 2026 / Done] Madrid, 1, 2']);
	});

	it('keeps all digits of a long number', async () => {
		expect(await parsed('a.xlsx', workbookFile({ S: [['Order'], [4_111_222_233_334_444]] }))).toEqual(['# S', 'Order', '4111222233334444']);
	});

	it('is read by its cells, not by the size that it says it has', async () => {
		const parts = unzipSync(workbookFile({ S: [['x']] }));
		const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
		const boastful = sheet.replace('<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>');
		expect(boastful).not.toBe(sheet);
		expect(await parsed('a.xlsx', zipFile({ ...parts, 'xl/worksheets/sheet1.xml': boastful }))).toEqual(['# S', 'x']);
	});
});

describe('PowerPoint', () => {
	it('is read in the order of its slides, with titles, tables and notes', async () => {
		const file = slidesFile([
			{ title: 'Plan', lines: ['Hire two', 'Move'], notes: 'Say thanks.' },
			{
				title: 'Cost',
				lines: [],
				table: [
					['Item', 'Price'],
					['Desk', '90'],
				],
			},
		]);
		expect(await parsed('a.pptx', file)).toEqual([
			'1: # Plan',
			'1: Hire two\nMove',
			'1: Say thanks.',
			'2: # Cost',
			'2: [Item, Price] Desk, 90',
		]);
	});
});

describe('a part of a slide', () => {
	it('with a chart or a diagram is read from what the file keeps beside the picture', async () => {
		const point = (text: string) => `<c:pt><c:v>${text}</c:v></c:pt>`;
		const chart = `<c:chart><c:ser><c:tx>${point('Sales')}</c:tx><c:cat>${point('May')}${point('June')}</c:cat><c:val>${point('3')}${point('5')}</c:val></c:ser></c:chart>`;
		const slides = unzipSync(slidesFile([{ title: 'Year', lines: [] }]));
		const file = zipFile({
			...slides,
			'ppt/slides/_rels/slide1.xml.rels': packageRelations([
				['chart', '../charts/chart1.xml'],
				['diagramData', '/ppt/diagrams/data1.xml'],
			]),
			'ppt/charts/chart1.xml': chart,
			'ppt/diagrams/data1.xml': '<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>Ask first</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>',
		});
		expect(await parsed('a.pptx', file)).toEqual(['1: # Year', '1: [, Sales] May, 3; June, 5', '1: Ask first']);
	});
});

describe('OpenDocument', () => {
	it('text has headings, items, notes and tables, and not what was deleted', async () => {
		const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
		const body =
			'<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h text:outline-level="2">Leave</text:h>' +
			'<text:p>Ask<text:s/>early<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By mail.</text:p></text:note-body></text:note>.</text:p>' +
			'<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>' +
			`<table:table><table:table-row>${cell('A')}${cell('B')}</table:table-row><table:table-row>${cell('1')}${cell('2')}</table:table-row></table:table>`;
		expect(await parsed('a.odt', openDocumentFile('text', body))).toEqual([
			'## Leave',
			'Ask early (By mail.).',
			'• one',
			'• inner',
			'[A, B] 1, 2',
		]);
	});

	it('presentations have slides with numbers', async () => {
		const frame = (text: string, kind = 'outline') =>
			`<draw:frame presentation:class="${kind}"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
		const body = `<draw:page>${frame('Plan', 'title')}${frame('Hire')}</draw:page><draw:page>${frame('End')}</draw:page>`;
		expect(await parsed('a.odp', openDocumentFile('presentation', body))).toEqual(['1: # Plan', '1: Hire', '2: End']);
	});
});
