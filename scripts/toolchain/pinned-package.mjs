/** Brings one package from npm whose hash is known beforehand; nothing of it is run. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';

/**
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} hash `npm view <name>@<version> dist.integrity`. With a lock file of its own, npm takes what has this hash and nothing else.
 * @property {string} title What people call it.
 */

/**
 * @param {PinnedPackage} pinned
 * @param {string} scratch An empty folder to work in.
 * @returns {string} A folder whose `node_modules` holds the package.
 * @throws {import('./mendable-error.mjs').MendableError} When npm fails, also because what came has another hash.
 */
export function bringPackage({ name, version, hash, title }, scratch) {
	const folder = join(scratch, 'package');
	mkdirSync(folder);
	const wanted = { name: 'pinned-package', dependencies: { [name]: version } };
	const packages = { '': wanted, [`node_modules/${name}`]: { version, integrity: hash } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...wanted, private: true }));
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...wanted, lockfileVersion: 3, requires: true, packages }));
	runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder], {
		folder: scratch,
		environment: process.env,
		problem: `${title} ${version} could not be installed`,
		mend: `npm view ${name}@${version} dist.integrity`,
	});
	return folder;
}
