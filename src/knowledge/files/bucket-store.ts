/** Documents in a bucket: `prefix/ab/cdef…`. They come in by way of a local file, since their hash, which the key is made of, is known at their end. */

import type { Clock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import { collect } from './collect.ts';
import { type FileStore, hashOfPath, pathOfHash } from './file-store.ts';
import type { Bucket, BucketObject } from './s3/bucket.ts';
import type { Spool, SpooledFile } from './spool.ts';

/** How much older `putAt` may be than the last time that a file was put: sending it again costs more than an hour that a removal waits longer. */
const renewAfterMs = 60 * 60 * 1_000;

export interface BucketStoreParts {
	bucket: Bucket;
	/** Empty, or with a slash at its end. */
	prefix: string;
	spool: Spool;
	clock: Pick<Clock, 'now'>;
}

export function createBucketStore({ bucket, prefix, spool, clock }: BucketStoreParts): FileStore {
	const keyOf = (hash: string) => `${prefix}${pathOfHash(hash)}`;

	async function find(hash: string, signal: AbortSignal): Promise<BucketObject | null> {
		return await unlessCode('NOT_FOUND', bucket.find(keyOf(hash), signal));
	}

	/** @returns whether there was none. */
	async function upload(file: SpooledFile, signal: AbortSignal): Promise<boolean> {
		const { hash, sizeBytes } = file;
		const before = await find(hash, signal);
		if (before === null)
			return (
				(await unlessCode(
					'CONFLICT',
					bucket.put(keyOf(hash), file, true, signal).then(() => true),
				)) ?? false
			);
		const isFresh = clock.now() - before.modifiedAt.getTime() < renewAfterMs;
		if (!isFresh || before.sizeBytes !== sizeBytes) await bucket.put(keyOf(hash), file, false, signal);
		return false;
	}

	return {
		async put(source, limits, signal) {
			const file = await spool.take(source, limits, signal);
			try {
				return { hash: file.hash, sizeBytes: file.sizeBytes, isNew: await upload(file, signal) };
			} finally {
				await file.discard();
			}
		},
		read: async (hash, signal) => await bucket.read(keyOf(hash), async (body) => await collect(body, hash), signal),
		has: async (hash, signal) => (await find(hash, signal)) !== null,
		remove: async (hash, signal) => await bucket.remove(keyOf(hash), signal),
		async *list(signal) {
			for await (const { key, sizeBytes, modifiedAt } of bucket.list(prefix, signal)) {
				const hash = hashOfPath(key.slice(prefix.length));
				if (hash !== null) yield { hash, sizeBytes, putAt: modifiedAt };
			}
		},
	};
}

/** What the promise gives; null where it is rejected with this code. */
async function unlessCode<T>(code: 'NOT_FOUND' | 'CONFLICT', promise: Promise<T>): Promise<T | null> {
	try {
		return await promise;
	} catch (error) {
		if (error instanceof BotError && error.code === code) return null;
		throw error;
	}
}
