/** The table of security requirements names files and tests that are there, and each requirement once. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

const text = readFileSync(join(projectFolder, 'docs/security/asvs.md'), 'utf8');
const rows = text
	.split('\n')
	.filter((line) => /^\| \d/.test(line))
	.map((line) => line.slice(2, -2).split(' | '));
const numbersOf = ([numbers = '']: string[]) => numbers.split(', ');
const pathsIn = (cell = '') => [...cell.matchAll(/`([^`]+\.tsx?|[^`]+\/[^`]+)`/g)].map(([, path = '']) => path);

test('each requirement stands in one line, in the order of the standard', () => {
	const numbers = rows.flatMap(numbersOf);
	for (const number of numbers) expect(number).toMatch(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/);
	expect(new Set(numbers).size).toBe(numbers.length);
	for (const columns of [4, 3]) {
		const firsts = rows.filter((row) => row.length === columns).map((row) => (numbersOf(row)[0] ?? '').split('.').map(Number));
		expect(firsts).toEqual(firsts.toSorted(([a = 0, b = 0, c = 0], [x = 0, y = 0, z = 0]) => a - x || b - y || c - z));
	}
});

test('what is met is named with files and tests, what is not with files; all of them are there', () => {
	for (const row of rows) {
		const [files, tests] = [pathsIn(row[2]), pathsIn(row[3])];
		expect({ row: row[0], files: files.length > 0, tests: tests.length > 0 }).toEqual({
			row: row[0],
			files: true,
			tests: row.length === 4,
		});
		for (const path of tests) expect(path).toMatch(/^test\/.+\.test\.ts$/);
		expect([...files, ...tests].filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
	}
});
