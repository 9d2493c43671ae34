/** `npm run ingest -- --dry-run`: a line for each file, whatever it is. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { pdfFile } from '../../knowledge/files/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'openccb-ingest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function ingest(...typed: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ingest/main.ts', ...typed], {
		cwd: projectFolder,
		encoding: 'utf8',
	});
	return {
		status,
		stderr,
		lines: stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line)),
	};
}

it('shows what each file becomes, in their order, and what is not there on the side', () => {
	const files = {
		'two.pdf': pdfFile([['The office opens at nine.'], ['It closes at six in the evening.']]),
		'card.txt': '4111 1111 1111 1111',
	};
	for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
	const paths = ['two.pdf', 'missing.txt', 'card.txt'].map((name) => join(folder, name));
	const { status, stderr, lines } = ingest('--dry-run', ...paths);
	expect(lines).toEqual([
		{
			file: paths[0],
			status: 'ok',
			chunks: [
				{ text: 'The office opens at nine.', page: 1 },
				{ text: 'It closes at six in the evening.', page: 2 },
			],
			seconds: expect.any(Number),
			rss_mib: expect.any(Number),
		},
		{ file: paths[2], status: 'rejected:quarantine', chunks: [], seconds: expect.any(Number), rss_mib: expect.any(Number) },
	]);
	expect(stderr).toContain('missing.txt');
	expect(status).toBe(1);
});

it('says how it is used when it is not asked for a dry run', () => {
	expect(ingest(join(folder, 'two.pdf'))).toMatchObject({ status: 1, lines: [], stderr: expect.stringContaining('--dry-run') });
});
