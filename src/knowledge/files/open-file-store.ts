/** Opens the place that the settings name for documents: a folder beside the database, or a bucket. */

import { join, resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import { closeFolder } from '../../database/private-folder.ts';
import type { Logger } from '../../log.ts';
import { createBucketStore } from './bucket-store.ts';
import type { FileStore } from './file-store.ts';
import { createFolderStore } from './folder-store.ts';
import type { BucketAccess, BucketPlace } from './s3/address.ts';
import { createBucket } from './s3/bucket.ts';
import { openSpool } from './spool.ts';

export interface FileSettings {
	/** Where documents lie; null for a folder in the data folder. There is an `access` then. */
	bucket: BucketPlace | null;
	/** How to get into buckets, this one and those that documents are taken from; null when the settings do not say. */
	access: BucketAccess | null;
}

export interface FileStoreParts {
	files: FileSettings;
	dataFolder: string;
	clock: Clock;
	logger: Logger;
}

/**
 * Asks no bucket for anything yet. Holds nothing that would have to be closed.
 * @throws BotError `CONFIG_INVALID` when the folder cannot be used, or belongs to another user of the machine; `STORE_UNAVAILABLE`.
 */
export async function openFileStore({ files: { bucket, access }, dataFolder, clock, logger }: FileStoreParts): Promise<FileStore> {
	const folder = documentsFolder(dataFolder);
	await closeFolder(folder, { holds: 'the documents', logger });
	const spool = await openSpool(join(folder, 'incoming'), clock);
	if (bucket === null || access === null) return createFolderStore(folder, spool);
	return createBucketStore({ bucket: createBucket(access, bucket.bucket, clock), prefix: bucket.prefix, spool, clock });
}

/** Documents that are on their way to a bucket lie here too. */
export function documentsFolder(dataFolder: string): string {
	return resolve(dataFolder, 'documents');
}
