/** The objects of a bucket, or of those below a prefix, as files. */

import type { Clock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import { type FoundFile, isNoDocument, type ListingOptions, standardMostEntries } from './found-file.ts';
import type { BucketAccess, BucketPlace } from './s3/address.ts';
import { type Bucket, type BucketObject, createBucket } from './s3/bucket.ts';
import { sendingError } from './s3/send.ts';

export interface BucketListingOptions extends ListingOptions {
	access: BucketAccess;
	clock: Clock;
}

/**
 * In the order of their keys. May be left at any time. Keys that end with a slash stand for folders and are left out.
 * @throws BotError `CONFIG_INVALID`, `STORE_UNAVAILABLE`; `TOO_LARGE` for too many entries; `CANCELLED`.
 */
export async function* listBucket({ bucket: name, prefix }: BucketPlace, options: BucketListingOptions): AsyncIterable<FoundFile> {
	const { access, clock, signal, onSkipped, mostEntries = standardMostEntries } = options;
	const bucket = createBucket(access, name, clock);
	const seen = new Set<string>();
	let entries = 0;
	for await (const found of bucket.list(prefix, signal)) {
		if (++entries > mostEntries) throw new BotError('TOO_LARGE', `a bucket holds more than ${mostEntries} objects`);
		const path = found.key.slice(prefix.length).normalize('NFC');
		if (found.key.endsWith('/') || path.split('/').some(isNoDocument)) continue;
		if (seen.has(path)) onSkipped({ path, reason: 'same-name' });
		else yield fileOf(bucket, found, path);
		seen.add(path);
	}
}

function fileOf(bucket: Bucket, { key, sizeBytes, modifiedAt, etag }: BucketObject, path: string): FoundFile {
	return { path, sizeBytes, modifiedAt, version: etag, open: (signal) => bytesOf(bucket, key, etag, signal) };
}

async function* bytesOf(bucket: Bucket, key: string, etag: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
	try {
		yield* await bucket.read(key, async (body) => body as AsyncIterable<Uint8Array>, signal, etag);
	} catch (error) {
		const problem = sendingError(error, signal);
		const isGone = problem.code === 'NOT_FOUND' || problem.code === 'CONFLICT';
		throw isGone ? new BotError('CONFLICT', 'an object was changed before it was read', { retryable: true }) : problem;
	}
}
