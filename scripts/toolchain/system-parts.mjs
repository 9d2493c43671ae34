/** The programs that the tests need from the machine: where each is found, and the Debian package that brings it. */

import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * @typedef {object} SystemPart
 * @property {string} name What people call it.
 * @property {string} debianPackage The package that brings it on Debian and Ubuntu.
 * @property {() => string | null} find Where it is, or null when this machine has none.
 */

/** @type {readonly SystemPart[]} */
export const systemParts = [
	{ name: 'redis-server', debianPackage: 'redis-server', find: findRedisServer },
	{ name: 'a PostgreSQL server', debianPackage: 'postgresql', find: findPostgresPrograms },
	{ name: 'Chromium', debianPackage: 'chromium', find: findChromium },
];

/** @returns {string | null} The path of `redis-server`. */
export function findRedisServer() {
	return findOnPath(['redis-server']);
}

/** @returns {string | null} The folder that holds `initdb` and `postgres`: the newest of Debian's, else the one on PATH. */
export function findPostgresPrograms() {
	const folders = debianPostgresVersions().map((version) => join('/usr/lib/postgresql', version, 'bin'));
	const onPath = findOnPath(['initdb']);
	if (onPath !== null) folders.push(dirname(onPath));
	return folders.find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres'))) ?? null;
}

/** @returns {string | null} The path of a Chromium or Chrome. */
export function findChromium() {
	return findOnPath(['chromium', 'chromium-browser', 'google-chrome']);
}

/** @returns {string[]} Newest first; empty where Debian's layout is absent. */
function debianPostgresVersions() {
	try {
		return readdirSync('/usr/lib/postgresql').sort((one, other) => Number(other) - Number(one));
	} catch {
		return []; // no such folder: not Debian's layout
	}
}

/** @param {readonly string[]} names In order of preference. */
function findOnPath(names) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

/** @param {string} path */
function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false; // absent or not ours to run: either way it cannot be used
	}
}
