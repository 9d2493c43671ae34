/** Where the databases of a test run lie: in memory where there is room, since they are copied by the hundred and none is kept. */

import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory that every Linux has; containers often get one of 64 MB. */
const memoryFolder = '/dev/shm';
/** Two clusters and a dozen embedded databases of 50 MB take less than one; it may hold half of the machine's memory. */
const roomBytes = 4 * 1024 ** 3;
/** No run lasts so long: what is older was left by one that was killed. */
const longestRunMs = 86_400_000;

/** @returns an existing folder to make one in whose name begins with `prefix`; what dead runs left there under such names is removed. */
export function findDatabaseHolder(prefix: string): string {
	if (!hasRoom()) return tmpdir();
	for (const entry of readdirSync(memoryFolder)) if (entry.startsWith(prefix)) removeOld(join(memoryFolder, entry));
	return memoryFolder;
}

function hasRoom(): boolean {
	try {
		const { bavail, bsize } = statfsSync(memoryFolder);
		return bavail * bsize >= roomBytes;
	} catch {
		return false; // no such folder here
	}
}

function removeOld(folder: string): void {
	try {
		if (Date.now() - statSync(folder).mtimeMs > longestRunMs) rmSync(folder, { recursive: true, force: true });
	} catch {
		// somebody else's, or somebody else was faster
	}
}
