/** The port to where the bytes of documents lie: once for each content, under its hash. A folder or a bucket, and nothing else knows which. */

import { BotError } from '../../errors.ts';

export interface FileStore {
	/**
	 * Takes everything from `source` and keeps it. It is there, and stays there when the machine fails, once this resolves; whatever goes wrong,
	 * nothing of it is left. Putting the same again is harmless, renews `putAt`, and mends what a disk has damaged; any number of processes may do
	 * so at once.
	 * @throws BotError `TOO_LARGE` as soon as there are more bytes than `maxBytes`; `CANCELLED`; `STORE_UNAVAILABLE` when the storage is away or
	 * full (`reason` `ENOSPC` or `EDQUOT` of the disk); `CONFIG_INVALID` when it refuses us; and whatever BotError the source ends with.
	 */
	put(source: AsyncIterable<Uint8Array>, limits: { maxBytes: number }, signal: AbortSignal): Promise<PutFile>;
	/**
	 * All bytes. They are those that the hash names: this is checked.
	 * @throws BotError `NOT_FOUND`; `STORE_UNAVAILABLE`, not retryable with `reason` `damaged` when they have changed; `CONFIG_INVALID`; `CANCELLED`.
	 */
	read(hash: string, signal: AbortSignal): Promise<Uint8Array>;
	/** @throws BotError `STORE_UNAVAILABLE`, `CONFIG_INVALID`, `CANCELLED`. */
	has(hash: string, signal: AbortSignal): Promise<boolean>;
	/**
	 * Harmless when there is none. Whoever calls this makes sure that nobody needs the file, and that nobody puts it at the same time and relies on
	 * it: under a lock of their own, or by sparing what was put of late.
	 * @throws BotError `STORE_UNAVAILABLE`, `CONFIG_INVALID`, `CANCELLED`.
	 */
	remove(hash: string, signal: AbortSignal): Promise<void>;
	/**
	 * Everything that is kept, in any order, to be compared with what is known of. What is put or removed meanwhile may be among it or not.
	 * @throws BotError `STORE_UNAVAILABLE`, `CONFIG_INVALID`, `CANCELLED`.
	 */
	list(signal: AbortSignal): AsyncIterable<StoredFile>;
}

export interface PutFile {
	/** SHA-256 of the bytes, 64 hexadecimal digits. */
	hash: string;
	sizeBytes: number;
	/** False when these bytes were there before. Of several who put the same at once, one alone is told that it is new, unless the storage cannot say. */
	isNew: boolean;
}

export interface StoredFile {
	hash: string;
	sizeBytes: number;
	/** When it was put last, to within an hour. */
	putAt: Date;
}

/** Where a file lies, below the folder or the prefix of all: two digits keep folders small. @throws BotError `INTERNAL` for what is no hash. */
export function pathOfHash(hash: string): string {
	if (!/^[0-9a-f]{64}$/.test(hash)) throw new BotError('INTERNAL', 'a file was asked for by something that is no SHA-256');
	return `${hash.slice(0, 2)}/${hash.slice(2)}`;
}

/** Null for whatever else lies there. */
export function hashOfPath(path: string): string | null {
	return /^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path) ? path.replace('/', '') : null;
}
