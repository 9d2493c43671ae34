/** Every link from one document of the house to another leads somewhere: to a file, and to a heading of it. */

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

const documents = globSync('**/*.md', { cwd: projectFolder, exclude: (path) => /(?:^|\/)(?:node_modules|data|\.cache|\.git)$/.test(path) });

/** Without what stands in code, which only shows how links are written. */
function read(file: string): string {
	return readFileSync(join(projectFolder, file), 'utf8')
		.replace(/^```.*?^```/gms, '')
		.replace(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));
}

/** As GitHub makes them of headings. */
function anchorsOf(file: string): Set<string> {
	const headings = read(file).matchAll(/^#{1,6} (.+)$/gm);
	return new Set(
		[...headings].map(([, heading = '']) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-'),
		),
	);
}

function brokenLinks(file: string): string[] {
	const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link = '']) => link)
		.filter((link) => !/^(?:https?|mailto):/.test(link));
	return links.filter((link) => {
		const [path = '', anchor] = link.split('#');
		const target = path === '' ? file : normalize(join(dirname(file), path));
		return !existsSync(join(projectFolder, target)) || (anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor));
	});
}

test.each(documents)('%s', (file) => {
	expect(brokenLinks(file)).toEqual([]);
});
