/** What becomes of rows: a table, a file, a chart, and a sentence that says nothing else. */

import { describe, expect, test } from 'vitest';
import { barChart } from '#src/connectors/company-data/bar-chart.ts';
import { csvOf } from '#src/connectors/company-data/csv.ts';
import { resultTable } from '#src/connectors/company-data/result-table.ts';
import { saysOnlyKnownNumbers } from '#src/connectors/company-data/said-numbers.ts';
import type { ResultColumn } from '#src/connectors/company-data/shown-values.ts';
import { createRowBudget } from '#src/connectors/engines/row-budget.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';

const column = (name: string, type: ResultColumn['type'] = 'text', isBinary = false): ResultColumn => ({ name, type, isBinary });
const fileOf = (...rows: (string | null)[][]) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(['a', 'b'], rows));

describe('a table', () => {
	test('has every digit, in the language of the reader, and no value where there is none', () => {
		const columns = [column('ciudad'), column('precio_medio', 'decimal'), column('activo', 'boolean')];
		const rows = [
			['A Coruña', '1234567890123456789012345678901234567890.12', 't'],
			['Vigo', null, '0'],
		];
		expect(resultTable(columns, rows, spanish)?.markdown).toBe(
			[
				'| ciudad | precio medio | activo |',
				'| --- | ---: | --- |',
				'| A Coruña | 1234567890123456789012345678901234567890,12 | ✓ |',
				'| Vigo | — | ✗ |',
			].join('\n'),
		);
		expect(resultTable(columns, rows, english)?.markdown).toContain('890.12 | ✓ |');
	});

	test('shows values as text, whatever they would do in a chat', () => {
		const hostile = ['<!channel> @everyone', '[x](https://evil.example)', '```\nrm', '| a | b |', '![x](http://x/y.png)', 'a\u202Egnp.exe'];
		const { markdown = '' } =
			resultTable(
				[column('a')],
				hostile.map((cell) => [cell]),
				english,
			) ?? {};
		expect(markdown.split('\n')).toHaveLength(2 + hostile.length);
		expect(markdown).not.toMatch(/(?<!\\)[<@[`!]|(?<!\\)\|[ab]|https:\/\/|\u202E/);
	});

	test('says binary, and stops at twenty columns and fifty rows', () => {
		const columns = Array.from({ length: 400 }, (_nothing, index) => column(`c${index}`, 'other', index === 0));
		const rows = Array.from({ length: 60 }, () => columns.map(() => '\\x00'));
		expect(resultTable(columns, rows, english)).toMatchObject({ shownRows: 50, shownColumns: 20 });
		expect(resultTable(columns, rows, english)?.markdown).toContain('| (binary) |');
		expect(resultTable(columns, [], english)).toBeNull();
	});
});

test('a cell of fifty megabytes is cut, with a mark', () => {
	const budget = createRowBudget({ rows: 10, bytes: 1_048_576 });
	expect(budget.take(['a', 'x'.repeat(50_000_000)])).toBe(true);
	expect(budget.take(['b', 'y'])).toBe(true);
	const [[, cell = ''] = []] = budget.rows().rows;
	expect(cell).toMatch(/^x{10000}…$/);
	expect(budget.rows()).toMatchObject({
		cutBy: null,
		rows: [
			['a', cell],
			['b', 'y'],
		],
	});
});

describe('a file', () => {
	test('is CSV as RFC 4180 has it, with the mark that spreadsheets look for', () => {
		expect(fileOf(['Coruña, A', 'he said "no"'], [null, ' x '])).toBe('\uFEFFa,b\r\n"Coruña, A","he said ""no"""\r\n," x "\r\n');
	});

	test('holds no formula, and every number as it is', () => {
		expect(fileOf(['=1+1', '+34 600'], ['-5', '-5.20'], ['@x', '\t=1'], ['-cmd', '1e5'])).toBe(
			"\uFEFFa,b\r\n'=1+1,'+34 600\r\n-5,-5.20\r\n'@x,'\t=1\r\n'-cmd,1e5\r\n",
		);
	});
});

describe('a chart', () => {
	const columns = [column('ciudad'), column('unidades', 'integer')];

	test('has a bar for each row, as long as its value', () => {
		const rows = [
			['Valencia', '400'],
			['Sevilla', '200'],
			['Vigo', '0'],
		];
		expect(barChart(columns, rows)).toEqual({
			markdown: ['```bars', 'unidades', `Valencia ${'█'.repeat(24)} 400`, `Sevilla  ${'█'.repeat(12)} 200`, 'Vigo      0', '```'].join(
				'\n',
			),
			category: 'ciudad',
			measures: ['unidades'],
			greatest: { label: 'Valencia', value: '400' },
		});
	});

	test('has a block for each of up to three measures', () => {
		const measured = (count: number) => [
			column('ciudad'),
			...Array.from({ length: count }, (_nothing, index) => column(`m_${index}`, 'decimal')),
		];
		const rows = ['Valencia', 'Sevilla', 'Vigo'].map((city) => [city, '1', '2.5', '3', '4']);
		const three = barChart(measured(3), rows);
		expect(three?.measures).toEqual(['m_0', 'm_1', 'm_2']);
		expect(three?.markdown.match(/^```bars\nm \d$/gm)).toHaveLength(3);
		expect(barChart(measured(4), rows)).toBeNull();
	});

	test.each([
		[
			'two rows',
			columns,
			[
				['a', '1'],
				['b', '2'],
			],
		],
		[
			'a value below zero',
			columns,
			[
				['a', '1'],
				['b', '-2'],
				['c', '3'],
			],
		],
		[
			'no value',
			columns,
			[
				['a', '1'],
				['b', null],
				['c', '3'],
			],
		],
		[
			'a category twice',
			columns,
			[
				['a', '1'],
				['a', '2'],
				['c', '3'],
			],
		],
		[
			'two categories',
			[column('a'), column('b')],
			[
				['a', 'x'],
				['b', 'y'],
				['c', 'z'],
			],
		],
	])('is not drawn of %s', (_why, given, rows) => {
		expect(barChart(given, rows)).toBeNull();
	});
});

describe('a sentence', () => {
	const about = {
		rows: [
			['Valencia', '1234.50', '2026-03-05'],
			['Sevilla', '12', null],
		],
		count: 2,
		question: '¿Y la AX-101 en 2025?',
	};

	test.each([
		'En Valencia hay 1.234,50 y en Sevilla 12.',
		'Valencia has 1,234.5 units.',
		'Dos ciudades: la primera, el 5 de marzo de 2026.',
		'De la AX-101 no hay más en 2025.',
		'Valencia es la primera.',
	])('may say what the result says: %s', (sentence) => {
		expect(saysOnlyKnownNumbers(sentence, about)).toBe(true);
	});

	test.each([
		'Hay 1246,50 en total.',
		'Valencia tiene 1.235.',
		'Unas mil doscientas unidades.',
		'Cuatro ciudades.',
		'Un 99 % más.',
		'-12 en Sevilla.',
		'Casi 123450.',
	])('may say nothing else: %s', (sentence) => {
		expect(saysOnlyKnownNumbers(sentence, about)).toBe(false);
	});
});
