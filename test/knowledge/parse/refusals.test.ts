/** What is not read, and why; and what is read although its name lies. */

import { describe, expect, it } from 'vitest';
import { compoundFile, openDocumentFile, wordFile, wordParagraph, zipFile } from '../files/office.ts';
import { parsed, refusal } from '../files/parsed.ts';

const word = wordFile(wordParagraph('Text'));
const noise = Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 7_919) % 251));
const wordBase = (flags: number) => Uint8Array.from({ length: 64 }, (_, at) => (at === 0x0b ? flags : 0));

/** A bit says in both headers that the part is encrypted. */
function asEncrypted(file: Uint8Array): Uint8Array {
	const copy = Buffer.from(file);
	for (const [mark, flagsAt] of [
		['PK\x03\x04', 6],
		['PK\x01\x02', 8],
	] as const) {
		for (let at = copy.indexOf(mark, 0, 'latin1'); at >= 0; at = copy.indexOf(mark, at + 4, 'latin1')) copy[at + flagsAt] = 1;
	}
	return copy;
}

describe('a file is refused', () => {
	it.each([
		['nothing', 'a.txt', '', 'empty'],
		['nothing but a byte order mark', 'a.txt', '\ufeff', 'empty'],
		['a document without text', 'a.docx', wordFile(''), 'empty'],
		['a document of pictures', 'a.docx', wordFile('', { 'word/media/image1.png': 'x' }), 'no-text'],
		['a document that breaks off', 'a.docx', word.subarray(0, 300), 'corrupt'],
		['an archive that leaves its folder', 'a.docx', wordFile('', { '../../etc/cron.d/x': 'x' }), 'corrupt'],
		['an archive with an absolute name', 'a.docx', wordFile('', { '/etc/cron.d/x': 'x' }), 'corrupt'],
		[
			'an archive of thousands of parts',
			'a.docx',
			zipFile(Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`p${at}`, '']))),
			'too-large',
		],
		['an archive that is a bomb', 'a.pptx', zipFile({ 'ppt/presentation.xml': new Uint8Array(11 * 2 ** 20) }), 'too-large'],
		['an archive whose parts are encrypted', 'a.docx', asEncrypted(word), 'password'],
		['XML nested without end', 'a.odt', openDocumentFile('text', '<text:section>'.repeat(5_000)), 'too-large'],
		['an encrypted workbook', 'a.xlsx', compoundFile({ EncryptedPackage: 'x', EncryptionInfo: 'x' }), 'password'],
		['an encrypted document of old', 'a.doc', compoundFile({ WordDocument: wordBase(1) }), 'password'],
		['a damaged document of old', 'a.doc', compoundFile({ WordDocument: wordBase(0) }), 'corrupt'],
		[
			'an encrypted OpenDocument',
			'a.odt',
			openDocumentFile('text', '', { 'META-INF/manifest.xml': '<manifest:encryption-data/>' }),
			'password',
		],
		['an old presentation', 'a.ppt', compoundFile({ 'PowerPoint Document': 'x' }), 'unsupported'],
		['a message of Outlook', 'a.msg', compoundFile({ '__substg1.0_0037001F': 'x' }), 'unsupported'],
		['rich text', 'a.rtf', '{\\rtf1 text}', 'unsupported'],
		['rich text with another name', 'a.doc', '{\\rtf1 text}', 'unsupported'],
		['an archive', 'a.zip', zipFile({ a: 'x' }), 'unsupported'],
		['bytes of no type', 'a.bin', noise, 'unsupported'],
		['an archive with the name of a document', 'a.docx', zipFile({ a: 'x' }), 'type-mismatch'],
		['bytes with the name of a workbook', 'a.xlsx', noise, 'type-mismatch'],
		['text with the name of a document', 'a.docx', 'only words', 'type-mismatch'],
	])('%s', async (_, name, content, reason) => {
		expect(await refusal(name, content)).toBe(reason);
	});
});

describe('a file with the wrong name is read as what it is', () => {
	it.each([
		['a document that says it is a workbook', 'a.xlsx', word, ['Text']],
		['a page that says it is a workbook', 'a.xls', '<html><p>Text</p></html>', ['Text']],
		['values that say they are a workbook', 'a.xls', 'A;B\n1;2\n', ['[A, B] 1, 2']],
		['a document without an ending', 'document', word, ['Text']],
	])('%s', async (_, name, content, blocks) => {
		expect(await parsed(name, content)).toEqual(blocks);
	});
});
