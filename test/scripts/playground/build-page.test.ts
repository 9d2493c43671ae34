/** The page as it is built: whole for everybody who starts a playground. */

import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildPage } from '../../../scripts/playground/build-page.ts';

let cacheFolder: string;

beforeEach(async () => {
	cacheFolder = await mkdtemp(join(tmpdir(), 'openccb-built-'));
});

afterEach(() => rm(cacheFolder, { recursive: true }));

test('two that start at once get the same whole page, a third one need not build it, and older ones go', async () => {
	await mkdir(join(cacheFolder, '1'));
	const filesAt = async (folder: string) => (await readdir(folder, { recursive: true })).sort().join();
	const build = async () => filesAt(await buildPage(cacheFolder));
	const [one, other] = await Promise.all([build(), build()]);
	for (const ending of ['.css', '.js', 'index.html']) expect(one).toContain(ending);
	expect(other).toBe(one);
	expect(await readdir(cacheFolder)).toHaveLength(1);
	expect(await build()).toBe(one);
}, 60_000);
