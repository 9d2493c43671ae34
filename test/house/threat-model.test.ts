/** The threat model names for each line the tests that fail when it does not hold; they are there. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

const rows = readFileSync(join(projectFolder, 'docs/threat-model.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| Who, ') && !line.startsWith('| ---'))
	.map((line) => line.slice(2, -2).split(' | '));

test('every line of the threat model says who, what they may gain, what they must not, and which tests tell', () => {
	expect(rows.length).toBeGreaterThan(15);
	for (const row of rows) expect(row).toHaveLength(4);
});

test('a promise is named with tests that are there', () => {
	for (const [who = '', , promised = '', tests = ''] of rows) {
		const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
		expect({ who, isPromised: promised !== '–' && !promised.startsWith('Nothing is promised') }).toEqual({
			who,
			isPromised: files.length > 0,
		});
		expect(files.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
	}
});
