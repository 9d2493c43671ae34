/** ZIP archives, measured before anything opens them: a megabyte can become gigabytes. */

import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { Rejection } from './rejection.ts';

/** The largest real documents seen inflate to some 60 MB; a bomb has to stay below what the process may hold. */
const mostBytes = 200 * 2 ** 20;
const mostEntryBytes = 100 * 2 ** 20;
/** Deflate reaches 1,000. XML of large sheets reaches 30, and small files any ratio. */
const mostRatio = 200;
const ratioCountsFromBytes = 10 * 2 ** 20;
/** A presentation of 500 slides has about 2,000. */
const mostEntries = 5_000;

export interface Archive {
	readonly names: ReadonlySet<string>;
	/** How many bytes a part has inflated, 0 where there is none. */
	sizeOf(name: string): number;
	/** A part as UTF-8, null where there is none. */
	read(name: string): Promise<string | null>;
}

/**
 * Inflates everything once and keeps nothing of it. What an archive says about its own sizes is not believed.
 * @throws Rejection `corrupt`, `password`, `too-large`.
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
	const zip = await open(bytes);
	if (zip.entryCount > mostEntries) throw new Rejection('too-large');
	const entries = new Map<string, Entry>();
	const sizes = new Map<string, number>();
	let total = 0;
	for await (const entry of entriesOf(zip)) {
		// Readers differ in which of two they take.
		if (entries.has(entry.fileName)) throw new Rejection('corrupt');
		if (entry.isEncrypted()) throw new Rejection('password');
		if (entries.size >= mostEntries) throw new Rejection('too-large');
		const size = await measure(zip, entry, mostBytes - total);
		total += size;
		entries.set(entry.fileName, entry);
		sizes.set(entry.fileName, size);
	}
	return {
		names: new Set(entries.keys()),
		sizeOf: (name) => sizes.get(name) ?? 0,
		async read(name) {
			const entry = entries.get(name);
			return entry === undefined ? null : await text(await openEntry(zip, entry));
		},
	};
}

/** Names with `..`, and absolute ones, are refused here. */
function open(bytes: Uint8Array): Promise<ZipFile> {
	const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false };
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return new Promise((resolve, reject) => {
		fromBuffer(buffer, options, (error, zip) => (error === null ? resolve(zip) : reject(new Rejection('corrupt'))));
	});
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
	while (true) {
		const next = Promise.withResolvers<Entry | null>();
		const take = (entry: Entry) => next.resolve(entry);
		const end = () => next.resolve(null);
		const fail = () => next.reject(new Rejection('corrupt'));
		zip.on('entry', take).on('end', end).on('error', fail);
		zip.readEntry();
		const entry = await next.promise.finally(() => zip.off('entry', take).off('end', end).off('error', fail));
		if (entry === null) return;
		yield entry;
	}
}

async function measure(zip: ZipFile, entry: Entry, room: number): Promise<number> {
	let size = 0;
	try {
		for await (const part of await openEntry(zip, entry)) {
			size += (part as Buffer).length;
			const isBomb = size > ratioCountsFromBytes && size > mostRatio * entry.compressedSize;
			if (size > mostEntryBytes || size > room || isBomb) throw new Rejection('too-large');
		}
	} catch (error) {
		throw error instanceof Rejection ? error : new Rejection('corrupt');
	}
	return size;
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
	return new Promise((resolve, reject) => {
		zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(new Rejection('corrupt'))));
	});
}
