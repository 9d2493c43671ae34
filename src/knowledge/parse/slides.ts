/** PowerPoint since 2007 → blocks, slide by slide in the order of the presentation, read from its XML. */

import type { Archive } from './archive.ts';
import type { BlockList } from './block-list.ts';
import { Rejection } from './rejection.ts';
import { elementsOf, findAll, findFirst, readXml, type XmlElement, xmlText } from './xml.ts';

/** @throws Rejection `corrupt`. */
export async function readSlides(archive: Archive, list: BlockList): Promise<null> {
	const presentation = await archive.read('ppt/presentation.xml');
	if (presentation === null) throw new Rejection('corrupt');
	const targets = await relationsOf(archive, 'ppt/presentation.xml');
	const order = findAll(readXml(presentation), 'p:sldId').map(({ attributes }) => targets.get(attributes['r:id'] ?? '')?.path);
	for (const [index, path] of order.entries()) {
		const source = path === undefined ? null : await archive.read(path);
		if (path === undefined || source === null) list.omit();
		else await readSlide({ archive, path, source, number: index + 1 }, list);
		if (list.isFull) break;
	}
	return null;
}

interface Slide {
	archive: Archive;
	path: string;
	source: string;
	/** From 1, in the presentation's order; hidden ones count. */
	number: number;
}

async function readSlide({ archive, path, source, number }: Slide, list: BlockList): Promise<void> {
	const slide = readXml(source);
	const shapes = findAll(slide, 'p:sp', 'p:graphicFrame');
	const title = shapes.find(isTitle);
	if (title !== undefined) list.heading(1, paragraphsOf(title).join(' '), number);
	for (const shape of shapes.filter((each) => each !== title)) {
		const table = findFirst(shape, 'a:tbl');
		if (table === undefined) list.paragraph(paragraphsOf(shape).join('\n'), number);
		else putTable(table, number, list);
	}
	// What stands in parts of their own: the nodes of diagrams, the numbers of charts, the speaker's notes.
	for (const { type, path: part } of (await relationsOf(archive, path)).values()) {
		const readPart = partReaders[type];
		const content = readPart === undefined ? null : await archive.read(part);
		if (content !== null) readPart?.(readXml(content), number, list);
	}
}

type PartReader = (part: XmlElement, number: number, list: BlockList) => void;

const partReaders: Readonly<Record<string, PartReader>> = {
	diagramData: (part, number, list) =>
		list.paragraph(
			findAll(part, 'dgm:t')
				.map((node) => paragraphsOf(node).join(' '))
				.join('\n'),
			number,
		),
	chart: putChart,
	notesSlide: (part, number, list) => {
		const notes = findAll(part, 'p:sp').filter((shape) => placeholderOf(shape) === 'body');
		for (const shape of notes) list.paragraph(paragraphsOf(shape).join('\n'), number);
	},
};

function placeholderOf(shape: XmlElement): string | undefined {
	return findFirst(shape, 'p:ph')?.attributes['type'];
}

function isTitle(shape: XmlElement): boolean {
	const placeholder = placeholderOf(shape);
	return (placeholder === 'title' || placeholder === 'ctrTitle') && paragraphsOf(shape).length > 0;
}

function paragraphsOf(element: XmlElement): string[] {
	return findAll(element, 'a:p')
		.map((paragraph) =>
			findAll(paragraph, 'a:t', 'a:br')
				.map((run) => (run.name === 'a:br' ? '\n' : xmlText(run)))
				.join(''),
		)
		.filter((text) => text.trim() !== '');
}

function putTable(table: XmlElement, number: number, list: BlockList): void {
	const rows = findAll(table, 'a:tr').map((row) => findAll(row, 'a:tc').map((cell) => paragraphsOf(cell).join(' ')));
	const hasHeader = findFirst(table, 'a:tblPr')?.attributes['firstRow'] === '1' && rows.length > 1;
	list.table(hasHeader ? (rows[0] ?? []) : [], hasHeader ? rows.slice(1) : rows, number);
}

/** A row for each category, a column for each series, as the chart keeps them beside its picture. */
function putChart(part: XmlElement, number: number, list: BlockList): void {
	list.paragraph(paragraphsOf(part).join(' '), number);
	const series = findAll(part, 'c:ser').map((each) => ({ name: valuesIn(each, 'c:tx').join(' '), values: valuesIn(each, 'c:val') }));
	const [firstSeries] = findAll(part, 'c:ser');
	const categories = firstSeries === undefined ? [] : valuesIn(firstSeries, 'c:cat');
	list.table(
		['', ...series.map(({ name }) => name)],
		categories.map((category, at) => [category, ...series.map(({ values }) => values[at] ?? '')]),
		number,
	);
}

function valuesIn(series: XmlElement, name: string): string[] {
	const holder = elementsOf(series).find((element) => element.name === name);
	return holder === undefined ? [] : findAll(holder, 'c:v').map((value) => xmlText(value));
}

interface Relation {
	/** The last part of its type's address. */
	type: string;
	path: string;
}

/** What a part refers to, by id. Parts outside the archive are left out. */
async function relationsOf(archive: Archive, path: string): Promise<Map<string, Relation>> {
	const at = path.lastIndexOf('/') + 1;
	const source = await archive.read(`${path.slice(0, at)}_rels/${path.slice(at)}.rels`);
	const relations = source === null ? [] : findAll(readXml(source), 'Relationship');
	return new Map(
		relations
			.filter(({ attributes }) => attributes['TargetMode'] !== 'External')
			.map(({ attributes }) => {
				const type = (attributes['Type'] ?? '').split('/').at(-1) ?? '';
				// As of an address: `..` goes up, a slash begins at the root.
				const { pathname } = new URL(attributes['Target'] ?? '', `zip:///${path}`);
				return [attributes['Id'] ?? '', { type, path: decodeURIComponent(pathname.slice(1)) }];
			}),
	);
}
