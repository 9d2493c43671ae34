/** The page as it is built: small enough, in the form that the policy of the program asks for, and from no sources but those that its stamp counts. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { type BuiltPage, pageFolder, pageIndex, readBuiltPage } from '#src/http/page-files.ts';
import { english } from '../../../../adapters/web/page/words/english.ts';
import { spanish } from '../../../../adapters/web/page/words/spanish.ts';
import { ensurePage, sharedSources } from '../../../../scripts/toolchain/page.mjs';
import { projectFolder } from '../../../../scripts/toolchain/project.mjs';

/** As they go over the line: of the scripts and styles that come at once, of what draws formulas, and of each other part that comes when it is needed. */
const most = { initialBytes: 110_000, formulaBytes: 65_000, lazyBytes: 30_000 };

let page: BuiltPage;

beforeAll(async () => {
	ensurePage(process.execPath);
	const built = await readBuiltPage(pageFolder);
	if (built === null) throw new Error('there is no page');
	page = built;
});

it('is small enough to come at once, with parts that come later', () => {
	const index = page.get(pageIndex)?.bodies.identity.toString() ?? '';
	const sized = [...page].filter(([address]) => /\.(?:js|css)$/.test(address));
	const bytesOf = (files: typeof sized) => files.map(([, { bodies }]) => gzipSync(bodies.identity).length);
	const initial = bytesOf(sized.filter(([address]) => index.includes(address)));
	const later = sized.filter(([address]) => !index.includes(address));
	const [formulas = 0] = bytesOf(later.filter(([address]) => address.includes('formula-drawing')));
	const lazy = bytesOf(later.filter(([address]) => !address.includes('formula-drawing')));
	expect(initial.length).toBe(2);
	expect(initial.reduce((sum, size) => sum + size, 0)).toBeLessThan(most.initialBytes);
	expect(formulas).toBeGreaterThan(0);
	expect(formulas).toBeLessThan(most.formulaBytes);
	expect(lazy.length).toBeGreaterThan(1);
	expect(Math.max(...lazy)).toBeLessThan(most.lazyBytes);
});

it('has nothing inline, and nothing from elsewhere', () => {
	const index = page.get(pageIndex)?.bodies.identity.toString() ?? '';
	expect(index).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=|data:|https?:/);
	const links = [...index.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
	expect(links).toHaveLength(3);
	for (const link of links) expect(page.get(link)?.isForGood, link).toBe(true);
});

it('is made from the sources alone that its stamp counts', () => {
	const folder = join(projectFolder, 'adapters/web/page');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
	const imported = files.flatMap((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		return [...text.matchAll(/^import (?!type )[^;]*? from '#(src\/[^']+)'/gm)].map(([, path = '']) => path);
	});
	expect(imported.length).toBeGreaterThan(0);
	const isCounted = (path: string) =>
		!path.slice('src/'.length).includes('/') || sharedSources.some((shared) => path.startsWith(`${shared}/`));
	expect(imported.filter((path) => !isCounted(path))).toEqual([]);
});

it('says everything in both languages', () => {
	const sentences = (words: object, path = ''): string[] =>
		Object.entries(words).flatMap(([name, value]) => {
			if (typeof value === 'object') return sentences(value, `${path}${name}.`);
			return [`${path}${name}: ${typeof value === 'function' ? value(2, 'x') : value}`];
		});
	const names = (list: string[]) => list.map((line) => line.slice(0, line.indexOf(':')));
	expect(names(sentences(spanish))).toEqual(names(sentences(english)));
	for (const line of sentences(spanish)) expect(line).toMatch(/: \S/);
});
