/** PDF → blocks, page by page. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PDFParse } from 'pdf-parse';
import type { BlockList } from './block-list.ts';
import { cleanWords } from './clean-text.ts';
import { type PdfPage, putPages } from './pdf-pages.ts';
import { Rejection } from './rejection.ts';

/** Those of a batch are read one by one when one of them fails. */
const pagesAtOnce = 50;

/** A page of a scan has nothing, or what the scanner puts on each: a number, a name. */
const fewCharacters = 20;
/** Of more pages than this, a document is a scan. */
const scannedShare = 0.8;
/** The nothing, and the stamp. */
const mostStamps = 2;

/** @returns the title of its description. @throws Rejection `password`, `corrupt`, `no-text`. */
export async function readPdf(bytes: Uint8Array, list: BlockList): Promise<string | null> {
	const parser = await createParser(bytes);
	try {
		const { pages, failed } = await readPages(parser);
		if (failed > 0) list.omit();
		if (pages.length === 0) throw new Rejection('corrupt');
		if (isScan(pages)) throw new Rejection('no-text');
		putPages(pages, list);
		if (list.blocks.length === 0) throw new Rejection('no-text');
		return await titleOf(parser);
	} finally {
		await parser.destroy();
	}
}

/** What programs write there by themselves: a file's name, their own, or that there is none. */
const noTitle = /\.\w{2,4}$|^(?:microsoft|untitled|sin título|documento?\b|slide\b)|^\W*$/i;

/** The header that repeats on each page is left out, and it is often the title. */
async function titleOf(parser: PDFParse): Promise<string | null> {
	// A document whose pages could be read may still have a damaged description.
	const description = await parser.getInfo().catch(() => null);
	const title: unknown = description?.info?.Title;
	return typeof title === 'string' && !noTitle.test(title) ? cleanWords(title) : null;
}

function isScan(pages: readonly PdfPage[]): boolean {
	const texts = pages.map(({ text }) => text.replace(/\s/g, ''));
	if (texts.every((text) => text === '')) return true;
	const short = texts.filter((text) => text.length < fewCharacters);
	const stamps = new Set(short.map((text) => text.replace(/\d+/g, '#')));
	// A page or two of few words is a cover, a label, a ticket.
	return pages.length > 2 && short.length > pages.length * scannedShare && stamps.size <= mostStamps;
}

/** pdf.js wants them for drawing, from a native module that may not be loaded here. Text needs none of them. */
const drawing = ['DOMMatrix', 'Path2D', 'ImageData'];

async function createParser(bytes: Uint8Array): Promise<PDFParse> {
	for (const name of drawing) Object.defineProperty(globalThis, name, { value: class {}, configurable: true });
	const { PDFParse, VerbosityLevel } = await import('pdf-parse');
	const pdfjs = dirname(createRequire(createRequire(import.meta.url).resolve('pdf-parse')).resolve('pdfjs-dist/package.json'));
	return new PDFParse({
		data: bytes,
		// Without these, text in Chinese, Japanese and Korean is lost, and nobody is told.
		cMapUrl: `${join(pdfjs, 'cmaps')}/`,
		cMapPacked: true,
		standardFontDataUrl: `${join(pdfjs, 'standard_fonts')}/`,
		isEvalSupported: false,
		useWasm: false,
		useSystemFonts: false,
		disableFontFace: true,
		verbosity: VerbosityLevel.ERRORS,
	});
}

async function readPages(parser: PDFParse): Promise<{ pages: PdfPage[]; failed: number }> {
	const pages: PdfPage[] = [];
	let failed = 0;
	let total = 1;
	for (let first = 1; first <= total; first += pagesAtOnce) {
		const numbers = Array.from({ length: pagesAtOnce }, (_, index) => first + index).filter((number) => number <= total || first === 1);
		try {
			total = await readBatch(parser, numbers, pages);
		} catch (error) {
			if (first === 1) total = await countPages(parser, error);
			for (const number of numbers.filter((each) => each <= total)) {
				failed += await readBatch(parser, [number], pages).then(
					() => 0,
					() => 1,
				);
			}
		}
	}
	return { pages, failed };
}

/** @returns how many pages the document has. */
async function readBatch(parser: PDFParse, numbers: number[], pages: PdfPage[]): Promise<number> {
	const result = await parser.getText({ partial: numbers, pageJoiner: '' });
	pages.push(...result.pages.map(({ num, text }) => ({ number: num, text })));
	return result.total;
}

/** @throws Rejection where it is the document that cannot be opened, and not one of its pages. */
async function countPages(parser: PDFParse, failure: unknown): Promise<number> {
	const isLocked = failure instanceof Error && failure.name === 'PasswordException';
	try {
		const { total } = await parser.getInfo();
		return total;
	} catch {
		throw new Rejection(isLocked ? 'password' : 'corrupt');
	}
}
