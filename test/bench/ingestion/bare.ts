/**
 * A process that reads one file with the library alone that the program reads this type with: the type as its argument, the file on standard
 * input, the text on standard output. What the program reads by itself is read with no more than its parts need: inflated, its XML parsed.
 */

import '#src/knowledge/parse/guard.ts';
import { readFileSync } from 'node:fs';
import type { SampleType } from './samples.ts';

const readers: Readonly<Record<SampleType, (bytes: Buffer) => Promise<string>>> = {
	async PDF(bytes) {
		for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) Object.defineProperty(globalThis, name, { value: class {} });
		const { PDFParse } = await import('pdf-parse');
		return (await new PDFParse({ data: new Uint8Array(bytes), isEvalSupported: false, useWasm: false }).getText()).text;
	},
	async Word(bytes) {
		const { default: mammoth } = await import('mammoth');
		return (await mammoth.convertToHtml({ buffer: bytes })).value;
	},
	async Excel(bytes) {
		const { read, utils } = await import('@e965/xlsx');
		const { Sheets, SheetNames } = read(bytes, { dense: true });
		return SheetNames.map((name) => utils.sheet_to_csv(Sheets[name] ?? {})).join('\n');
	},
	PowerPoint: readParts,
	OpenDocument: readParts,
	async CSV(bytes) {
		const { parse } = await import('csv-parse/sync');
		return JSON.stringify(parse(bytes, { delimiter: ';' }));
	},
	async Markdown(bytes) {
		const { default: markdown } = await import('markdown-it');
		return markdown().render(bytes.toString());
	},
	HTML: async (bytes) => await textOfMarkup(bytes.toString(), false),
	text: async (bytes) => new TextDecoder().decode(bytes),
	async mail(bytes) {
		const { default: PostalMime } = await import('postal-mime');
		const { html = '' } = await PostalMime.parse(bytes);
		return await textOfMarkup(html, false);
	},
};

async function readParts(bytes: Buffer): Promise<string> {
	const { fromBufferPromise } = await import('yauzl');
	const { text } = await import('node:stream/consumers');
	const zip = await fromBufferPromise(bytes, { lazyEntries: true });
	let texts = '';
	for await (const entry of zip.eachEntry()) {
		if (entry.fileName.endsWith('.xml')) texts += await textOfMarkup(await text(await zip.openReadStreamPromise(entry)), true);
	}
	return texts;
}

async function textOfMarkup(markup: string, xmlMode: boolean): Promise<string> {
	const { Parser } = await import('htmlparser2');
	const texts: string[] = [];
	const parser = new Parser({ ontext: (text) => void texts.push(text) }, { xmlMode, decodeEntities: true });
	parser.end(markup);
	return texts.join('');
}

const text = await readers[process.argv[2] as SampleType](readFileSync(0));
process.stdout.write(text);
