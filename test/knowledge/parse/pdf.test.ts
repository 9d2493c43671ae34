/** PDF: text by page, without what repeats on each. */

import { describe, expect, it } from 'vitest';
import { parseFile } from '#src/knowledge/parse/parse-file.ts';
import { parsed, refusal } from '../files/parsed.ts';
import { pdfFile } from '../files/pdf.ts';

describe('a PDF', () => {
	it('is text by page: without headers and numbers of pages, with lines and divided words joined', async () => {
		const file = pdfFile([
			['Handbook', 'Everybody has twenty-three days of leave in each year, as agreed with the compu-', 'ting department.', 'Page 1'],
			['Handbook', 'Travel is paid by the company.', 'Page 2'],
			['Handbook', 'The office opens at nine (9:00).', 'Page 3'],
		]);
		expect(await parsed('a.pdf', file)).toEqual([
			'1: Everybody has twenty-three days of leave in each year, as agreed with the computing department.',
			'2: Travel is paid by the company.',
			'3: The office opens at nine (9:00).',
		]);
	});

	it('is a PDF whatever its name says', async () => {
		expect(await parsed('a.docx', pdfFile([['The office opens at nine.']]))).toEqual(['1: The office opens at nine.']);
	});

	it('keeps pages that differ in nothing but a number', async () => {
		const file = pdfFile(Array.from({ length: 4 }, (_, at) => [`Ticket ${at} for the fair in May`]));
		expect(await parsed('a.pdf', file)).toHaveLength(4);
	});

	it('keeps the lines of a table of contents, without what leads to their numbers', async () => {
		const file = pdfFile([['Contents of this handbook', 'Leave . . . . . . . . . . . . . 4', 'Travel ............................ 7']]);
		expect(await parsed('a.pdf', file)).toEqual(['1: Contents of this handbook\nLeave … 4\nTravel … 7']);
	});

	it('has the title of its description, unless a program put a name there', async () => {
		const titleOf = async (title: string) => (await parseFile('a.pdf', pdfFile([['Everybody reads this.']], { title }))).title;
		expect(await titleOf('Handbook 2026')).toBe('Handbook 2026');
		expect(await titleOf('Microsoft Word - draft3.doc')).toBe(null);
	});

	it('leaves out a page of letters that mean nothing', async () => {
		const gibberish = Array.from({ length: 10 }, () => 'XQZ WRTP LKJH DFGS BNMV CXZT RTPL');
		expect(await parsed('a.pdf', pdfFile([gibberish, ['The office opens at nine in the morning.']]))).toEqual([
			'2: The office opens at nine in the morning.',
		]);
	});

	it.each([
		['a scan', pdfFile([[], [], []]), 'no-text'],
		['a scan with a stamp on its pages', pdfFile([['Scanner 1'], ['Scanner 2'], [], ['Scanner 4']]), 'no-text'],
		['one that wants a password', pdfFile([['x']], { isLocked: true }), 'password'],
		['one that breaks off', pdfFile([['The office opens at nine.']]).subarray(0, 150), 'corrupt'],
	])('is refused with the reason: %s', async (_, file, reason) => {
		expect(await refusal('a.pdf', file)).toBe(reason);
	});
});
