/** The Node.js that the project runs on: the running one where it fits, else one brought from npm into the user's cache. */

import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runNpm } from './npm.mjs';
import { sharedCacheFolder } from './project.mjs';
import { replaceFolder } from './replace-folder.mjs';

const nodeVersion = '24.21.0';

/** The npm package that carries the bare program for this machine; the plain name was taken for Apple's processors. */
const nodePackage = `node-${process.platform === 'darwin' && process.arch === 'arm64' ? 'bin-' : ''}${process.platform}-${process.arch}`;

/**
 * @returns {string} The path of a Node.js 24.
 * @throws {import('./mendable-error.mjs').MendableError} When it has to be brought and cannot be.
 */
export function ensureNode() {
	if (process.versions.node.startsWith('24.')) return process.execPath;
	const target = join(sharedCacheFolder, `node-${nodeVersion}`);
	const program = join(target, 'node_modules', nodePackage, 'bin', 'node');
	const isInPlace = () => existsSync(program);
	if (isInPlace()) return program;
	process.stderr.write(`Bringing Node.js ${nodeVersion} into ${target}, once\n`);
	replaceFolder({ target, workshop: sharedCacheFolder, isInPlace, build: (scratch) => install(scratch, target) });
	return program;
}

/**
 * The environment in which `program` is the `node` that every child finds.
 * @param {string} program
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(program) {
	return { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * @param {string} scratch
 * @param {string} target Where it will lie, for the advice.
 * @returns {string} The folder that is ready to be put in place.
 */
function install(scratch, target) {
	const folder = join(scratch, 'node');
	// npm in strict script mode, which it inherits under `npm start`, wants to find the prefix.
	mkdirSync(folder);
	const npmArguments = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
	runNpm([...npmArguments, '--prefix', folder, `${nodePackage}@${nodeVersion}`], {
		folder: scratch,
		environment: process.env,
		problem: `Node.js ${nodeVersion} could not be installed`,
		mend: `npm install --prefix ${target} ${nodePackage}@${nodeVersion}`,
	});
	return folder;
}
