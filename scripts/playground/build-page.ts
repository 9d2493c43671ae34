/** Builds the page with Vite, unless what was built before is of the same sources. */

import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const sourceFolder = fileURLToPath(new URL('./page', import.meta.url));
const defaultCacheFolder = fileURLToPath(new URL('../../.cache/playground', import.meta.url));
const unfinishedPrefix = 'unfinished-';
const sharedFiles = ['./wire.ts', './live.ts', '../../adapters/web/page/parts/token-nodes.tsx'].map((path) =>
	fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Several playgrounds may start at once: each build has a folder of its own until it is whole, and the first to be whole is taken.
 * @param cacheFolder where builds are kept.
 * @returns the folder with the built page. @throws Error of Vite when the sources do not build.
 */
export async function buildPage(cacheFolder = defaultCacheFolder): Promise<string> {
	const name = String(Math.ceil(await newestSourceMs()));
	const folder = join(cacheFolder, name);
	if (await isThere(folder)) return folder;
	await mkdir(cacheFolder, { recursive: true });
	const unfinished = await mkdtemp(join(cacheFolder, unfinishedPrefix));
	try {
		await build({ root: sourceFolder, configFile: false, logLevel: 'warn', build: { outDir: unfinished, emptyOutDir: true } });
		await rename(unfinished, folder).catch(async (error: unknown) => {
			if (!(await isThere(folder))) throw error;
		});
		const older = (await readdir(cacheFolder)).filter((one) => one !== name && !one.startsWith(unfinishedPrefix));
		await Promise.all(older.map((one) => rm(join(cacheFolder, one), { recursive: true, force: true })));
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	return folder;
}

async function newestSourceMs(): Promise<number> {
	const names = await readdir(sourceFolder);
	return Math.max(...(await Promise.all([...names.map((name) => join(sourceFolder, name)), ...sharedFiles].map(modifiedAtMs))));
}

async function modifiedAtMs(path: string): Promise<number> {
	return (await stat(path)).mtimeMs;
}

async function isThere(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
