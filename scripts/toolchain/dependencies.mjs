/** Keeps node_modules equal to package-lock.json: a stamp inside it says for which lock file it was installed, whole. */

import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from './node-runtime.mjs';
import { runNpm } from './npm.mjs';
import { cacheFolder, projectFolder } from './project.mjs';
import { replaceFolder } from './replace-folder.mjs';

const modulesFolder = join(projectFolder, 'node_modules');
const stampName = '.openccb-stamp';

/** What `npm ci` reads. */
const installFiles = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * Installs the packages of package-lock.json unless they are there already.
 * @param {string} node The path of the Node.js to install for.
 * @throws {import('./mendable-error.mjs').MendableError} When npm fails.
 */
export function ensureDependencies(node) {
	const stamp = wantedStamp();
	const isInPlace = () => readStamp() === stamp;
	if (isInPlace()) return;
	process.stderr.write('Installing the packages of package-lock.json\n');
	const workshop = join(cacheFolder, 'packages');
	replaceFolder({ target: modulesFolder, workshop, isInPlace, build: (scratch) => install(scratch, node, stamp) });
}

/**
 * @param {string} folder An empty folder.
 * @param {string} node
 * @param {string} stamp
 * @returns {string} The new node_modules.
 */
function install(folder, node, stamp) {
	for (const name of installFiles) copyFileSync(join(projectFolder, name), join(folder, name));
	runNpm(['ci', '--include=dev', '--prefix', folder], {
		folder,
		environment: environmentOf(node),
		problem: 'The packages could not be installed',
		mend: `cd ${projectFolder} && npm ci`,
	});
	const modules = join(folder, 'node_modules');
	writeFileSync(join(modules, stampName), stamp);
	return modules;
}

/** The lock file's hash, and the machine's kind, since some packages carry programs. */
function wantedStamp() {
	const hash = createHash('sha256')
		.update(readFileSync(join(projectFolder, 'package-lock.json')))
		.digest('hex');
	return `${hash} ${process.platform}-${process.arch}\n`;
}

/** @returns {string | null} Null when nothing was installed, or not by us. */
function readStamp() {
	try {
		return readFileSync(join(modulesFolder, stampName), 'utf8');
	} catch {
		return null; // no stamp
	}
}
