/** Builds the page with Vite when its sources are newer than what was built before. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const sourceFolder = fileURLToPath(new URL('./page', import.meta.url));
const sharedFiles = ['./wire.ts', './live.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** @returns the folder with the built page. @throws Error of Vite when the sources do not build. */
export async function buildPage(): Promise<string> {
	const outFolder = fileURLToPath(new URL('../../.cache/playground', import.meta.url));
	if ((await modifiedAtMs(join(outFolder, 'index.html'))) > (await newestSourceMs())) return outFolder;
	await build({
		root: sourceFolder,
		configFile: false,
		logLevel: 'warn',
		build: { outDir: outFolder, emptyOutDir: true },
	});
	return outFolder;
}

async function newestSourceMs(): Promise<number> {
	const names = await readdir(sourceFolder);
	return Math.max(...(await Promise.all([...names.map((name) => join(sourceFolder, name)), ...sharedFiles].map(modifiedAtMs))));
}

/** 0 for a file that is not there. */
async function modifiedAtMs(path: string): Promise<number> {
	return stat(path).then(
		({ mtimeMs }) => mtimeMs,
		() => 0,
	);
}
