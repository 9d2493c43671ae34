/** Documents in a folder: `ab/cdef…`, each put there whole. Several processes may use the same folder, on a network too. */

import { createReadStream } from 'node:fs';
import { link, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BotError } from '../../errors.ts';
import { collect } from './collect.ts';
import { type FileStore, hashOfPath, pathOfHash, type StoredFile } from './file-store.ts';
import type { Spool } from './spool.ts';
import { cancelledStorage, isMissing, storageError, systemCode } from './storage-error.ts';

const folderMode = 0o700;
/** What file systems without hard links say, such as those of memory sticks and some network shares. */
const lacksLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
/** What file systems say whose folders cannot be waited for. */
const lacksFolderSync: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EPERM']);

/** @param spool On the same file system as `folder`. */
export function createFolderStore(folder: string, spool: Spool): FileStore {
	const placeOf = (hash: string) => join(folder, pathOfHash(hash));

	return {
		async put(source, limits, signal) {
			const { path, hash, sizeBytes, discard } = await spool.take(source, limits, signal);
			try {
				return { hash, sizeBytes, isNew: await moveIn(path, placeOf(hash)) };
			} catch (error) {
				throw storageError(error);
			} finally {
				await discard();
			}
		},
		async read(hash, signal) {
			if (signal.aborted) throw cancelledStorage();
			try {
				return await collect(createReadStream(placeOf(hash)), hash);
			} catch (error) {
				if (isMissing(error)) throw new BotError('NOT_FOUND', `there is no stored file ${hash}`);
				throw storageError(error);
			}
		},
		async has(hash, signal) {
			if (signal.aborted) throw cancelledStorage();
			return await exists(placeOf(hash));
		},
		async remove(hash, signal) {
			if (signal.aborted) throw cancelledStorage();
			const place = placeOf(hash);
			await rm(place, { force: true }).catch((error: unknown) => {
				throw storageError(error);
			});
		},
		async *list(signal) {
			try {
				yield* filesIn(folder, signal);
			} catch (error) {
				throw storageError(error);
			}
		},
	};
}

/** @returns whether there was none. */
async function moveIn(path: string, place: string): Promise<boolean> {
	const made = await mkdir(dirname(place), { recursive: true, mode: folderMode });
	const isNew = await claim(path, place);
	// In the place of one that is the same: whoever reads that goes on, and a damaged one is mended. What was linked already stays as it is.
	await rename(path, place);
	await syncFolder(dirname(place));
	if (made !== undefined) await syncFolder(dirname(made));
	return isNew;
}

/** A link is made by one process alone, and only where there is nothing. */
async function claim(path: string, place: string): Promise<boolean> {
	try {
		await link(path, place);
		return true;
	} catch (error) {
		if (systemCode(error) === 'EEXIST') return false;
		if (!lacksLinks.has(systemCode(error))) throw error;
		return !(await exists(place));
	}
}

/** A file is on the disk for good once its name is. */
async function syncFolder(folder: string): Promise<void> {
	const opened = await open(folder, 'r');
	try {
		await opened.sync();
	} catch (error) {
		if (!lacksFolderSync.has(systemCode(error))) throw error;
	} finally {
		await opened.close();
	}
}

async function exists(place: string): Promise<boolean> {
	return (await inspect(place)) !== null;
}

/** Null for none. @throws BotError for anything else. */
async function inspect(place: string) {
	try {
		return await stat(place);
	} catch (error) {
		if (isMissing(error)) return null;
		throw storageError(error);
	}
}

async function* filesIn(folder: string, signal: AbortSignal): AsyncIterable<StoredFile> {
	for await (const { name: first } of await opendir(folder)) {
		if (!/^[0-9a-f]{2}$/.test(first)) continue;
		for await (const { name: rest } of await opendir(join(folder, first))) {
			if (signal.aborted) throw cancelledStorage();
			const hash = hashOfPath(`${first}/${rest}`);
			if (hash === null) continue;
			const found = await inspect(join(folder, first, rest));
			if (found !== null) yield { hash, sizeBytes: found.size, putAt: found.mtime };
		}
	}
}
