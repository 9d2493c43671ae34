/** The files of a folder, and of those in it. Nothing outside of it is read, wherever links lead, and however others change it meanwhile. */

import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, opendir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { BotError } from '../../errors.ts';
import { type FoundFile, isNoDocument, type ListingOptions, type SkippedEntry, standardMostEntries } from './found-file.ts';
import { cancelledStorage, isMissing, storageError, systemCode } from './storage-error.ts';

/**
 * In no particular order. May be left at any time.
 * @throws BotError `NOT_FOUND`, `CONFIG_INVALID`, `STORE_UNAVAILABLE` for the folder itself; `TOO_LARGE` for too many entries; `CANCELLED`.
 */
export async function* listFolder(
	folder: string,
	{ signal, onSkipped, mostEntries = standardMostEntries }: ListingOptions,
): AsyncIterable<FoundFile> {
	const root = await realpath(folder).catch((error: unknown) => {
		throw isMissing(error) ? new BotError('NOT_FOUND', 'there is no such folder to take documents from') : storageError(error);
	});
	const walk: Walk = { root, signal, mostEntries, entries: 0, paths: new Set() };
	const ahead = [root];
	for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
		for await (const entry of entriesOf(walk, place)) {
			if ('reason' in entry) onSkipped(entry);
			else if ('folder' in entry) ahead.push(entry.folder);
			else yield entry;
		}
	}
}

interface Walk {
	root: string;
	signal: AbortSignal;
	mostEntries: number;
	/** How many were met. */
	entries: number;
	/** Of all that were found. */
	paths: Set<string>;
}

type Entry = FoundFile | SkippedEntry | { folder: string };

async function* entriesOf(walk: Walk, place: string): AsyncIterable<Entry> {
	try {
		for await (const name of namesIn(place)) {
			if (walk.signal.aborted) throw cancelledStorage();
			if (++walk.entries > walk.mostEntries) throw new BotError('TOO_LARGE', `a folder holds more than ${walk.mostEntries} files`);
			if (!isNoDocument(name)) yield await look(walk, join(place, name));
		}
	} catch (error) {
		if (error instanceof BotError || place === walk.root) throw storageError(error);
		yield { path: pathBelow(walk.root, place), reason: 'unreadable' };
	}
}

/** Only of a folder that is where it was found: somebody may have put a link in its place. */
async function* namesIn(place: string): AsyncIterable<string> {
	if ((await realpath(place)) !== place) throw new Error('the folder is elsewhere by now');
	for await (const { name } of await opendir(place)) yield name;
}

async function look({ root, paths }: Walk, place: string): Promise<Entry> {
	const path = pathBelow(root, place);
	const found = await lstat(place, { bigint: true }).catch(() => null);
	if (found === null) return { path, reason: 'unreadable' };
	if (found.isSymbolicLink()) return { path, reason: 'link' };
	if (!found.isDirectory() && !found.isFile()) return { path, reason: 'special' };
	if (paths.has(path)) return { path, reason: 'same-name' };
	paths.add(path);
	if (found.isDirectory()) return { folder: place };
	return {
		path,
		sizeBytes: Number(found.size),
		modifiedAt: found.mtime,
		version: `${found.mtimeNs}-${found.size}`,
		open: (signal) => bytesOf(place, found, signal),
	};
}

function pathBelow(root: string, place: string): string {
	return place
		.slice(root.length)
		.split(sep)
		.filter((part) => part !== '')
		.join('/')
		.normalize('NFC');
}

async function* bytesOf(place: string, listed: BigIntStats, signal: AbortSignal): AsyncIterable<Uint8Array> {
	if (signal.aborted) throw cancelledStorage();
	let file: FileHandle | undefined;
	try {
		file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const before = await file.stat({ bigint: true });
		if (!(await isHere(place, before)) || !isUnchanged(listed, before)) throw changed();
		let sizeBytes = 0n;
		for await (const part of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
			if (signal.aborted) throw cancelledStorage();
			sizeBytes += BigInt(part.length);
			if (sizeBytes > before.size) throw changed();
			yield part;
		}
		const after = await file.stat({ bigint: true });
		// The time of the last change of any kind is set by the system alone.
		if (sizeBytes !== before.size || !isUnchanged(before, after) || before.ctimeNs !== after.ctimeNs) throw changed();
	} catch (error) {
		throw isMissing(error) || systemCode(error) === 'ELOOP' ? changed() : storageError(error);
	} finally {
		await file?.close();
	}
}

/** Whether no link led to what was opened, as one may have for a moment. */
async function isHere(place: string, opened: BigIntStats): Promise<boolean> {
	const found = await lstat(place, { bigint: true });
	return found.dev === opened.dev && found.ino === opened.ino && (await realpath(place)) === place;
}

function isUnchanged(one: BigIntStats, other: BigIntStats): boolean {
	return one.size === other.size && one.mtimeNs === other.mtimeNs;
}

function changed(): BotError {
	return new BotError('CONFLICT', 'a file was changed while it was read', { retryable: true });
}
