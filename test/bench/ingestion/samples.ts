/** Files of every type that is read, made of invented prose, of as many pages as are wanted. */

import { openDocumentFile, slidesFile, wordFile, wordParagraph, wordTable, workbookFile } from '#test/knowledge/files/office.ts';
import { pdfFile } from '#test/knowledge/files/pdf.ts';

export interface Sample {
	/** As tables name it; what `bare.ts` reads it with. */
	type: SampleType;
	name: string;
	mediaType: string;
	content: Buffer;
	pages: number;
}

export const sampleTypes = ['PDF', 'Word', 'Excel', 'PowerPoint', 'OpenDocument', 'CSV', 'Markdown', 'HTML', 'text', 'mail'] as const;
export type SampleType = (typeof sampleTypes)[number];

/** Of a printed page. */
const lineCharacters = 85;
/** What a page of a sheet shows of eight columns when it is printed. */
export const rowsOfPage = 50;
/** A slide has less on it than a page. */
const linesOfSlide = 8;

/** Another file for each seed. */
export function makeSample(type: SampleType, pages: number, seed = 1): Sample {
	const { ending, mediaType, make } = makers[type];
	const content = make(createWriter(seed), pages);
	return { type, name: `sample-${seed}.${ending}`, mediaType, content: Buffer.from(content), pages };
}

type Writer = ReturnType<typeof createWriter>;

interface Maker {
	ending: string;
	mediaType: string;
	make: (writer: Writer, pages: number) => Uint8Array | string;
}

const office = 'application/vnd.openxmlformats-officedocument';

const makers: Readonly<Record<SampleType, Maker>> = {
	PDF: {
		ending: 'pdf',
		mediaType: 'application/pdf',
		make: (writer, pages) => pdfFile(times(pages, writer.lines)),
	},
	Word: {
		ending: 'docx',
		mediaType: `${office}.wordprocessingml.document`,
		make: (writer, pages) =>
			wordFile(
				times(pages, () =>
					[
						wordParagraph(writer.words(4), 'Heading2'),
						...writer.paragraphs().map((text) => wordParagraph(text)),
						wordTable([writer.columns(4), ...times(4, () => writer.row(4))]),
					].join(''),
				).join(''),
			),
	},
	Excel: {
		ending: 'xlsx',
		mediaType: `${office}.spreadsheetml.sheet`,
		make: (writer, pages) => workbookFile({ Orders: writer.sheet(pages) }),
	},
	PowerPoint: {
		ending: 'pptx',
		mediaType: `${office}.presentationml.presentation`,
		make: (writer, pages) => slidesFile(times(pages, () => ({ title: writer.words(5), lines: times(linesOfSlide, writer.line) }))),
	},
	OpenDocument: {
		ending: 'odt',
		mediaType: 'application/vnd.oasis.opendocument.text',
		make: (writer, pages) =>
			openDocumentFile(
				'text',
				times(pages, () =>
					[
						`<text:h text:outline-level="2">${writer.words(4)}</text:h>`,
						...writer.paragraphs().map((text) => `<text:p>${text}</text:p>`),
					].join(''),
				).join(''),
			),
	},
	CSV: {
		ending: 'csv',
		mediaType: 'text/csv',
		make: (writer, pages) =>
			writer
				.sheet(pages)
				.map((row) => row.join(';'))
				.join('\n'),
	},
	Markdown: {
		ending: 'md',
		mediaType: 'text/markdown',
		make: (writer, pages) => times(pages, () => [`## ${writer.words(4)}`, ...writer.paragraphs()].join('\n\n')).join('\n\n'),
	},
	HTML: {
		ending: 'html',
		mediaType: 'text/html',
		make: (writer, pages) =>
			`<!doctype html><title>${writer.words(3)}</title>${times(pages, () => `<h2>${writer.words(4)}</h2>${htmlOf(writer)}`).join('')}`,
	},
	text: {
		ending: 'txt',
		mediaType: 'text/plain',
		make: (writer, pages) => times(pages, () => writer.paragraphs().join('\n\n')).join('\n\n'),
	},
	mail: {
		ending: 'eml',
		mediaType: 'message/rfc822',
		make: (writer, pages) =>
			`From: Ana <ana@example.com>\r\nTo: Tom <tom@example.com>\r\nSubject: ${writer.words(4)}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>${times(pages, () => htmlOf(writer)).join('\r\n')}`,
	},
};

function htmlOf(writer: Writer): string {
	return writer
		.paragraphs()
		.map((text) => `<p>${text}</p>`)
		.join('\n');
}

function times<T>(count: number, make: () => T): T[] {
	return Array.from({ length: count }, make);
}

/** As many different words as a handbook has. */
const vocabulary = 3_000;
const syllables = 'ta re mi con der pla ve los sin tor ga ne bu cha li qua pre sen to ra fi lo man ces'.split(' ');

/** The same words in the same order for the same seed. */
function createWriter(seed: number) {
	let state = seed;
	/** As "Numerical Recipes" has it for 32 bits. */
	const below = (most: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * most);
	};
	const word = () => {
		// Common words are more common.
		const number = Math.floor((below(vocabulary) * below(vocabulary)) / vocabulary);
		const parts = [number % 24, Math.floor(number / 24) % 24, Math.floor(number / 576)];
		return parts.map((part) => syllables[part]).join('');
	};
	const words = (count: number) => times(count, word).join(' ');
	const sentence = () => {
		const text = words(8 + below(12));
		return `${text[0]?.toUpperCase()}${text.slice(1)} ${1 + below(2_000)}.`;
	};
	const paragraphs = () => times(5, () => times(5, sentence).join(' '));
	const row = (columns: number) => times(columns, () => (below(2) === 0 ? words(2) : String(below(100_000))));
	const columns = (count: number) => times(count, () => words(1));
	return {
		words,
		line: () => words(11),
		row,
		columns,
		/** A page of some 3,000 characters. */
		paragraphs,
		/** The same, as it is printed. */
		lines: () => paragraphs().flatMap((text) => text.match(new RegExp(`.{1,${lineCharacters}}(?: |$)`, 'g')) ?? []),
		/** Names of columns, and rows of texts, whole and broken numbers. */
		sheet(pages: number): (string | number)[][] {
			const names = ['order', 'customer', 'article', 'city', 'remark', 'quantity', 'price', 'weight'];
			const fields = (_: unknown, at: number) => [
				...[`A-${at}`, words(2), words(2), words(1), words(4)],
				...[below(500), below(100_000) / 100, below(9_000) / 10],
			];
			return [names, ...Array.from({ length: pages * rowsOfPage }, fields)];
		},
	};
}
