/** What a file is, by its content. Its name counts where text can be several things, and tells when a file lies. */

import type { Archive } from './archive.ts';
import { decodeFileText } from './decode-text.ts';
import { Rejection } from './rejection.ts';

export type FileType = 'pdf' | 'word' | 'old-word' | 'workbook' | 'slides' | 'open-text' | 'open-slides' | TextType;
export type TextType = 'text' | 'markdown' | 'separated-values' | 'html' | 'email';

const typesByEnding: Readonly<Record<string, FileType>> = {
	pdf: 'pdf',
	docx: 'word',
	docm: 'word',
	dotx: 'word',
	doc: 'old-word',
	xlsx: 'workbook',
	xlsm: 'workbook',
	xlsb: 'workbook',
	xls: 'workbook',
	ods: 'workbook',
	pptx: 'slides',
	pptm: 'slides',
	ppsx: 'slides',
	odt: 'open-text',
	odp: 'open-slides',
	txt: 'text',
	text: 'text',
	log: 'text',
	md: 'markdown',
	markdown: 'markdown',
	csv: 'separated-values',
	tsv: 'separated-values',
	tab: 'separated-values',
	html: 'html',
	htm: 'html',
	eml: 'email',
};

/** What the name claims, null where it claims nothing that is read here. */
export function typeOfName(name: string): FileType | null {
	const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
	return Object.hasOwn(typesByEnding, ending) ? (typesByEnding[ending] ?? null) : null;
}

/** `zip` and `compound` are containers: what they hold says what they are. */
export type FileSignature = 'pdf' | 'zip' | 'compound' | 'refused' | null;

/** Readers of PDF look for its mark within so much ("PDF Reference", implementation note 13). */
const pdfMarkWithinBytes = 1_024;

export function signatureOf(bytes: Uint8Array): FileSignature {
	const beginning = Buffer.from(bytes.subarray(0, pdfMarkWithinBytes)).toString('latin1');
	if (beginning.startsWith('PK\x03\x04') || beginning.startsWith('PK\x05\x06')) return 'zip';
	if (beginning.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'compound';
	if (beginning.startsWith('{\\rtf')) return 'refused';
	return beginning.includes('%PDF-') ? 'pdf' : null;
}

/** @returns null where the archive is none of the documents that are read. */
export async function typeOfArchive(archive: Archive): Promise<FileType | null> {
	const { names } = archive;
	if ([...names].some((name) => /^word\/document\d*\.xml$/.test(name))) return 'word';
	if (names.has('xl/workbook.xml') || names.has('xl/workbook.bin')) return 'workbook';
	if (names.has('ppt/presentation.xml')) return 'slides';
	const type = (await archive.read('mimetype'))?.trim() ?? '';
	if (!names.has('content.xml')) return null;
	if (/opendocument\.text/.test(type)) return 'open-text';
	if (/opendocument\.presentation/.test(type)) return 'open-slides';
	return /opendocument\.spreadsheet/.test(type) ? 'workbook' : null;
}

/**
 * What a file without a signature is.
 * @throws Rejection `type-mismatch` where the name claims what the content is not, `unsupported` where it claims nothing that is read.
 */
export function textTypeOf(bytes: Uint8Array, claimed: FileType | null): { type: TextType; text: string } {
	const text = decodeFileText(bytes);
	if (text === null) throw new Rejection(claimed === null ? 'unsupported' : 'type-mismatch');
	if (text.replace(/[\s\0\ufeff]+/g, '') === '') throw new Rejection('empty');
	const beginning = text.slice(0, 2_000).replace(/^[\s\ufeff]+/, '');
	if (claimed === 'html' || isPage(beginning)) return { type: 'html', text };
	if (claimed === 'email' || isMessage(beginning)) return { type: 'email', text };
	if (claimed === 'markdown' || claimed === 'separated-values') return { type: claimed, text };
	// Many programs export values as `.xls`, and Excel opens them.
	if (claimed === 'workbook' && /[,;\t|]/.test(beginning)) return { type: 'separated-values', text };
	if (claimed !== null && claimed !== 'text') throw new Rejection('type-mismatch');
	return { type: 'text', text };
}

function isPage(beginning: string): boolean {
	return /^(?:<!doctype html|<html|<head|<body|<table)\b/i.test(beginning.replace(/^(?:<\?xml[^>]*>|<!--[\s\S]*?-->|\s)+/, ''));
}

/** Header fields at the very beginning, one of which only messages have ("Internet Message Format", RFC 5322). */
function isMessage(beginning: string): boolean {
	const [header = ''] = beginning.split(/\r?\n\r?\n/);
	return /^[\w-]+:/.test(header) && /^(?:received|message-id|return-path|mime-version):/im.test(header) && /^from:/im.test(header);
}
