/** Bytes and a name → blocks. What a file is decides its content; a parser is loaded for its own type alone, since that is most of a start. */

import type { ReadDocument } from '../blocks.ts';
import type { Archive } from './archive.ts';
import { type BlockList, createBlockList } from './block-list.ts';
import { Rejection } from './rejection.ts';
import { type FileType, signatureOf, type TextType, textTypeOf, typeOfArchive, typeOfName } from './sniff.ts';

/** Reads into the list. @returns the title that the document gives itself, or null. */
type BytesReader = (bytes: Uint8Array, list: BlockList) => Promise<string | null>;

/** @throws Rejection */
export async function parseFile(name: string, bytes: Uint8Array): Promise<ReadDocument> {
	if (bytes.length === 0) throw new Rejection('empty');
	const list = createBlockList();
	const title = await readInto(list, name, bytes);
	if (list.blocks.length === 0) throw new Rejection('empty');
	return { title, blocks: list.blocks, isPartial: list.isPartial };
}

async function readInto(list: BlockList, name: string, bytes: Uint8Array): Promise<string | null> {
	const claimed = typeOfName(name);
	switch (signatureOf(bytes)) {
		case 'pdf':
			return await (await import('./pdf.ts')).readPdf(bytes, list);
		case 'zip':
			return await readArchive(await (await import('./archive.ts')).openArchive(bytes), claimed, bytes, list);
		case 'compound': {
			const { typeOfCompoundFile } = await import('./compound-file.ts');
			return await readBytes(typeOfCompoundFile(bytes), bytes, list);
		}
		case 'refused':
			throw new Rejection('unsupported');
		case null: {
			const { type, text } = textTypeOf(bytes, claimed);
			return await readText(type, text, bytes, list);
		}
	}
}

async function readArchive(archive: Archive, claimed: FileType | null, bytes: Uint8Array, list: BlockList): Promise<string | null> {
	const type = await typeOfArchive(archive);
	if (type === null) throw new Rejection(claimed === null ? 'unsupported' : 'type-mismatch');
	const title = await readParts(type, archive, bytes, list);
	if (list.blocks.length === 0) throw new Rejection(reasonForNothing(archive));
	return title;
}

async function readParts(type: FileType, archive: Archive, bytes: Uint8Array, list: BlockList): Promise<string | null> {
	if (type === 'slides') return await (await import('./slides.ts')).readSlides(archive, list);
	if (type === 'open-text' || type === 'open-slides') return await (await import('./open-document.ts')).readOpenDocument(archive, list);
	return await readBytes(type, bytes, list);
}

async function readBytes(type: FileType, bytes: Uint8Array, list: BlockList): Promise<string | null> {
	const readers: Partial<Record<FileType, () => Promise<BytesReader>>> = {
		word: async () => (await import('./word.ts')).readWord,
		'old-word': async () => (await import('./old-word.ts')).readOldWord,
		workbook: async () => (await import('./workbook.ts')).readWorkbook,
	};
	const load = readers[type];
	if (load === undefined) throw new Rejection('unsupported');
	return await (await load())(bytes, list);
}

async function readText(type: TextType, text: string, bytes: Uint8Array, list: BlockList): Promise<string | null> {
	switch (type) {
		case 'html':
			return (await import('./html.ts')).readHtml(text, list);
		case 'email':
			return await (await import('./email.ts')).readEmail(bytes, list);
		case 'markdown':
			return (await import('./markdown.ts')).readMarkdown(text, list);
		case 'separated-values':
			(await import('./separated-values.ts')).readSeparatedValues(text, list);
			return null;
		case 'text':
			(await import('./plain-text.ts')).readPlainText(text, list);
			return null;
	}
}

/** A new document of Office inflates to less; whatever is larger and gives nothing was not read. */
const emptyPartBytes = 1 * 2 ** 20;

function reasonForNothing(archive: Archive): 'no-text' | 'corrupt' | 'empty' {
	const names = [...archive.names];
	if (names.some((name) => /(?:media|Pictures)\//.test(name))) return 'no-text';
	return names.some((name) => archive.sizeOf(name) > emptyPartBytes) ? 'corrupt' : 'empty';
}
