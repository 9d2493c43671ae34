/** Names that somebody made to do harm, or by accident. */

import { describe, expect, it, test } from 'vitest';
import { toFileName } from '#src/knowledge/ingest/file-name.ts';
import { filesBlock } from '#src/knowledge/ingest/files-shown.ts';
import { english } from '#src/locales/english.ts';

describe('a file is called', () => {
	it.each([
		['Informe de ventas.pdf', 'Informe de ventas.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\ana\\plan.docx', 'plan.docx'],
		['two\nlines\0.txt', 'two lines�.txt'],
		['\u202Efdp.exe', 'fdp.exe'],
		['.gitignore', '.gitignore'],
		['', ''],
		['\ud800.txt', '�.txt'],
	])('%j as %j', (given, kept) => expect(toFileName(given)).toBe(kept));

	it('by the beginning and the ending of a name that is too long', () => {
		const name = toFileName(`${'😀'.repeat(255)}.xlsx`);
		expect(name.endsWith('….xlsx')).toBe(true);
		expect([...name]).toHaveLength(120);
	});
});

test('no name is a mark of anything where it is shown', () => {
	const name = toFileName('`*<!channel>* @everyone [x](http:x).txt');
	const { source } = filesBlock([{ name, progress: { stage: 'reading' } }], english, 1);
	expect(source.split('`')).toHaveLength(3);
});
