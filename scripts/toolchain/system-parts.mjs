/** The programs that the tests need from the machine: where each is found, and the Debian package that brings it. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MendableError } from './mendable-error.mjs';

/**
 * @typedef {object} SystemPart
 * @property {string} name What people call it.
 * @property {string} debianPackage The package that brings it on Debian and Ubuntu.
 * @property {() => string | null} find Where it is, or null when this machine has none.
 */

/** @type {readonly SystemPart[]} */
const systemParts = [
	{ name: 'redis-server', debianPackage: 'redis-server', find: findRedisServer },
	{ name: 'a PostgreSQL server', debianPackage: 'postgresql', find: findPostgresPrograms },
	// The server alone: nothing that starts by itself, 7 MB.
	{ name: 'a MariaDB server', debianPackage: 'mariadb-server-core', find: findMariadb },
	{ name: 'PgBouncer', debianPackage: 'pgbouncer', find: findPgBouncer },
	{ name: 'promtool', debianPackage: 'prometheus', find: findPromtool },
	{ name: 'Chromium', debianPackage: isUbuntu() ? 'chromium-browser' : 'chromium', find: findChromium },
];

/**
 * Installs what is missing, where this user may.
 * @throws {MendableError} When something is missing and could not be installed.
 */
export function ensureSystemParts() {
	const missing = systemParts.filter((part) => part.find() === null);
	if (missing.length === 0) return;
	const packages = missing.map((part) => part.debianPackage);
	process.stderr.write(`Installing what the tests need: ${packages.join(', ')}\n`);
	const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	const isRoot = process.getuid?.() === 0;
	const output = runAsRoot(install, isRoot);
	const stillMissing = missing.filter((part) => part.find() === null).map((part) => part.name);
	if (stillMissing.length === 0) return;
	throw new MendableError(`The tests need ${stillMissing.join(', ')} (${lastLine(output)})`, isRoot ? install : `sudo sh -c '${install}'`);
}

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

/** @returns {string | null} The path of `mariadbd`, which Debian keeps where only administrators look. */
export function findMariadb() {
	return findOnPath(['mariadbd']) ?? ['/usr/sbin/mariadbd'].find(isExecutable) ?? null;
}

/** @returns {string | null} The path of `pgbouncer`, which Debian keeps where only administrators look. */
export function findPgBouncer() {
	return findOnPath(['pgbouncer']) ?? ['/usr/sbin/pgbouncer'].find(isExecutable) ?? null;
}

/** @returns {string | null} The path of a Chromium or Chrome. */
export function findChromium() {
	return findOnPath(['chromium', 'chromium-browser', 'google-chrome']);
}

/** @returns {string | null} The path of `promtool`, which tests the rules of alerts. */
export function findPromtool() {
	return findOnPath(['promtool']);
}

/** Ubuntu names the browser's package differently. */
function isUbuntu() {
	try {
		return /^ID="?ubuntu"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
	} catch {
		return false; // no such file: not Linux
	}
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

/**
 * @param {string} command For the shell.
 * @param {boolean} isRoot Whether this user is root already.
 * @returns {string} What it wrote, or why it could not be run.
 */
function runAsRoot(command, isRoot) {
	if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return 'this user may not install it';
	const quiet = `DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; ${command}`;
	const [file, ...fileArguments] = isRoot ? ['sh', '-c', quiet] : ['sudo', '-n', 'sh', '-c', quiet];
	const result = spawnSync(file, fileArguments, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
	return result.error?.message ?? `${result.stdout}${result.stderr}`;
}

/** @param {string} output */
function lastLine(output) {
	return output.trim().split('\n').at(-1) ?? '';
}
