/** Keeps the page of the web built: a stamp beside it says from which sources. The program reads it, and knows nothing of how it is made. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MendableError } from './mendable-error.mjs';
import { environmentOf } from './node-runtime.mjs';
import { cacheFolder, projectFolder } from './project.mjs';
import { replaceFolder } from './replace-folder.mjs';

const target = join(cacheFolder, 'web');
const stampName = 'stamp';
const pageSources = 'adapters/web/page';

/** What the page is made from beside its own folder; a test holds its imports to them. */
export const sharedSources = ['src/markdown', 'src/api/contract'];

/**
 * Builds the page unless what is there is of the same sources.
 * @param {string} node The path of the Node.js to build with.
 * @throws {MendableError} When the sources do not build.
 */
export function ensurePage(node) {
	const stamp = wantedStamp();
	const isInPlace = () => readStamp() === stamp;
	if (isInPlace()) return;
	process.stderr.write('Building the page of the web\n');
	replaceFolder({
		target,
		workshop: join(cacheFolder, 'new-web'),
		isInPlace,
		build: (scratch) => build(join(scratch, 'web'), node, stamp),
	});
}

/**
 * @param {string} folder
 * @param {string} node
 * @param {string} stamp
 * @returns {string} The folder with the page.
 */
function build(folder, node, stamp) {
	const vite = join(projectFolder, 'node_modules/vite/bin/vite.js');
	const words = ['build', pageSources, '--configLoader', 'native', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
	const { status } = spawnSync(node, [vite, ...words], { cwd: projectFolder, stdio: ['ignore', 2, 2], env: environmentOf(node) });
	if (status !== 0)
		throw new MendableError('The page of the web could not be built', `cd ${projectFolder} && npm ci && node scripts/build-page.mjs`);
	writeFileSync(join(folder, stampName), stamp);
	return folder;
}

/** The hash of all that the page is made from: sources, and packages by their lock file. */
function wantedStamp() {
	const hash = createHash('sha256').update(readFileSync(join(projectFolder, 'package-lock.json')));
	for (const folder of [pageSources, ...sharedSources]) addFolder(folder);
	// Files of `src` that belong to no room.
	for (const name of readdirSync(join(projectFolder, 'src')).filter((one) => one.endsWith('.ts'))) addFile(join('src', name));
	return hash.digest('hex');

	/** @param {string} folder */
	function addFolder(folder) {
		const entries = readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true });
		const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
		for (const path of paths.sort()) addFile(path.slice(projectFolder.length + 1));
	}

	/** @param {string} path */
	function addFile(path) {
		hash.update(`\n${path}\n`).update(readFileSync(join(projectFolder, path)));
	}
}

/** @returns {string | null} Null when nothing was built. */
function readStamp() {
	try {
		return readFileSync(join(target, stampName), 'utf8');
	} catch {
		return null; // no stamp
	}
}
