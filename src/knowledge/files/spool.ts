/** Files that are just coming in: they are counted and hashed on their way to the disk, and only then is it known where they belong. */

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { BotError, toBotError } from '../../errors.ts';
import { unlessAborted } from '../../waiting.ts';
import { cancelledStorage, storageError } from './storage-error.ts';

export interface Spool {
	/** @throws BotError as `FileStore.put`; nothing is left then. */
	take(source: AsyncIterable<Uint8Array>, limits: { maxBytes: number }, signal: AbortSignal): Promise<SpooledFile>;
}

export interface SpooledFile {
	/** Everything is on the disk. It may be moved away from here. */
	path: string;
	hash: string;
	sizeBytes: number;
	/** Must be called; harmless when the file was moved away. */
	discard(): Promise<void>;
}

/** A transfer takes minutes: what nobody has written to for so long was left by a process that died. */
const leftOverAfterMs = 24 * 60 * 60 * 1_000;
const folderMode = 0o700;
const fileMode = 0o600;

/** Makes `folder` if it is missing, and removes what dead processes have left there. @throws BotError `CONFIG_INVALID`, `STORE_UNAVAILABLE`. */
export async function openSpool(folder: string, clock: Pick<Clock, 'now'>): Promise<Spool> {
	try {
		await mkdir(folder, { recursive: true, mode: folderMode });
		await sweep(folder, clock.now() - leftOverAfterMs);
	} catch (error) {
		throw storageError(error);
	}
	return {
		async take(source, limits, signal) {
			const path = join(folder, randomUUID());
			const discard = () => rm(path, { force: true });
			try {
				return { path, ...(await write(path, source, limits.maxBytes, signal)), discard };
			} catch (error) {
				await discard();
				throw storageError(error);
			}
		},
	};
}

async function sweep(folder: string, untilMs: number): Promise<void> {
	for await (const { name } of await opendir(folder)) {
		const path = join(folder, name);
		// Another process may be sweeping as well.
		const found = await stat(path).catch(() => null);
		if (found !== null && found.mtimeMs < untilMs) await rm(path, { force: true });
	}
}

async function write(path: string, source: AsyncIterable<Uint8Array>, maxBytes: number, signal: AbortSignal) {
	const hash = createHash('sha256');
	let sizeBytes = 0;
	const file = await open(path, 'wx', fileMode);
	try {
		for await (const part of untilAborted(source, signal)) {
			sizeBytes += part.length;
			if (sizeBytes > maxBytes) throw new BotError('TOO_LARGE', `a file has more than ${maxBytes} bytes`);
			hash.update(part);
			await file.appendFile(part);
		}
		await file.sync();
	} finally {
		await file.close();
	}
	return { hash: hash.digest('hex'), sizeBytes };
}

/** A source that does not hear the signal is left behind. What it throws is a BotError, so that nobody takes its reasons for those of our disk. */
async function* untilAborted(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
	const parts = source[Symbol.asyncIterator]();
	try {
		for (;;) {
			if (signal.aborted) throw cancelledStorage();
			const next = await unlessAborted(parts.next(), signal, cancelledStorage);
			if (next.done) return;
			yield next.value;
		}
	} catch (error) {
		throw toBotError(error);
	} finally {
		// It may be stuck for ever; how it ends is its own business.
		parts.return?.().catch(() => {});
	}
}
